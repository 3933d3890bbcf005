package io.breaker.sample;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a customer wants. Immutable; one that is not complete cannot be made, not even out of JSON. */
record OrderRequest(String userId, List<Item> items, String paymentMethod) {

    private static final Pattern WORD = Pattern.compile("[\\w-]{1,64}");
    private static final int MOST_ITEMS = 50;
    private static final int MOST_OF_ONE_PRODUCT = 100;

    OrderRequest {
        checkWord("userId", userId);
        checkWord("paymentMethod", paymentMethod);
        check(hasGoodSize(items), "items must hold 1 to %d items".formatted(MOST_ITEMS));
        items = List.copyOf(items);
    }

    /** So many of one product. */
    record Item(String productId, int quantity) {

        Item {
            checkWord("productId", productId);
            check(
                    quantity >= 1 && quantity <= MOST_OF_ONE_PRODUCT,
                    "quantity must be 1 to %d: %d".formatted(MOST_OF_ONE_PRODUCT, quantity));
        }
    }

    private static boolean hasGoodSize(@Nullable List<@Nullable Item> items) {
        return items != null
                && !items.isEmpty()
                && items.size() <= MOST_ITEMS
                && items.stream().allMatch(Objects::nonNull);
    }

    private static void checkWord(String name, @Nullable String value) {
        check(value != null && WORD.matcher(value).matches(), name + " must be 1 to 64 letters, digits, '_' or '-'");
    }

    private static void check(boolean good, String fault) {
        if (!good) {
            throw new InvalidOrderException(fault);
        }
    }
}
