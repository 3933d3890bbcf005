package io.breaker.expression;

import io.breaker.expression.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what follows the name of one term, and finds for each argument its parameter. Used once. */
final class ArgumentsReader {

    private final String text;
    private final Tokenizer tokens;
    private final Term<?> term;
    private final Map<String, Argument> byParameter = new LinkedHashMap<>();
    private final List<Argument> values = new ArrayList<>();
    private boolean named;

    ArgumentsReader(String text, Tokenizer tokens, Term<?> term) {
        this.text = text;
        this.tokens = tokens;
        this.term = term;
    }

    Arguments read() {
        // What ends the arguments stays in place of those that are missing; without parentheses it belongs to others.
        Token end = tokens.peek();
        if (end.is(Kind.OPEN)) {
            tokens.next();
            end = readToEnd();
        }
        return new Arguments(text, term, byParameter, values, end.start());
    }

    private Token readToEnd() {
        if (tokens.peek().is(Kind.CLOSE)) {
            return tokens.next();
        }
        Token separator;
        do {
            argument();
            separator = tokens.next();
        } while (separator.is(Kind.COMMA));
        if (!separator.is(Kind.CLOSE)) {
            throw fault(separator, "expected ',' or ')' but found " + separator);
        }
        return separator;
    }

    private void argument() {
        Token first = word();
        if (tokens.peek().is(Kind.EQUALS)) {
            tokens.next();
            checkName(first);
            byParameter.put(first.text(), take(word()));
            named = true;
        } else {
            checkUnnamed(first);
            int index = values.size();
            Argument argument = take(first);
            if (!term.list()) {
                byParameter.put(term.parameters().get(index), argument);
            }
        }
    }

    private Argument take(Token value) {
        Argument argument = new Argument(text, value);
        values.add(argument);
        return argument;
    }

    private Token word() {
        Token word = tokens.next();
        if (!word.is(Kind.WORD)) {
            throw fault(word, "expected a value but found " + word);
        }
        return word;
    }

    private void checkName(Token name) {
        if (term.parameters().isEmpty()) {
            throw fault(name, term.name() + " takes no named arguments");
        }
        if (!term.parameters().contains(name.text())) {
            throw ExpressionException.unknownName(text, name, "argument", term.parameters());
        }
        if (byParameter.containsKey(name.text())) {
            throw fault(name, "argument " + name + " is given twice");
        }
    }

    private void checkUnnamed(Token value) {
        if (named) {
            throw fault(value, "an argument without name may not follow one with name");
        }
        int most = term.parameters().size();
        if (!term.list() && values.size() == most) {
            throw fault(value, term.name() + " takes " + (most == 0 ? "no arguments" : "no more than " + most));
        }
    }

    private ExpressionException fault(Token token, String problem) {
        return new ExpressionException(text, token.start(), problem);
    }
}
