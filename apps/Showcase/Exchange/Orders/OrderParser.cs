using Duplex.Messaging.Errors;
using Showcase.Exchange.Matching;
using Showcase.Exchange.Wire;

namespace Showcase.Exchange.Orders;

/// <summary>Parses an order from a call's parameters, and reports invalid parameters with the valid values.</summary>
public static class OrderParser
{
    private const int MaxClientOrderId = 64;

    /// <summary>Parses an order.</summary>
    /// <exception cref="ClientException">The parameters are invalid. The code is one of docs/protocol/exchange.md.</exception>
    public static NewOrder Parse(PlaceOrderParams order, Instrument instrument, int account, long now)
    {
        if (order.ClientOrderId?.Length > MaxClientOrderId)
            throw Malformed($"clientOrderId is longer than {MaxClientOrderId} characters: shorten it.");
        var side = order.Side switch
        {
            "buy" => Side.Buy,
            "sell" => Side.Sell,
            _ => throw Malformed("side must be \"buy\" or \"sell\"."),
        };
        return order.Type switch
        {
            "limit" when order.StopPrice is not null => throw Malformed("A limit order has no stop price: leave stopPrice out."),
            "limit" => Limit(order, side, instrument, account, now),
            "stopLossLimit" => Stop(order, side, OrderType.StopLossLimit, instrument, account, now),
            "takeProfitLimit" => Stop(order, side, OrderType.TakeProfitLimit, instrument, account, now),
            "market" => MarketOrder(order, side, instrument, account, now),
            _ => throw Malformed("type must be \"limit\", \"market\", \"stopLossLimit\" or \"takeProfitLimit\"."),
        };
    }

    private static NewOrder Limit(PlaceOrderParams order, Side side, Instrument instrument, int account, long now)
    {
        if (order.QuoteQuantity is not null) throw Malformed("A limit order has a quantity: leave quoteQuantity out.");
        var timeInForce = order.TimeInForce switch
        {
            null or "gtc" => TimeInForce.GoodTillCanceled,
            "ioc" => TimeInForce.ImmediateOrCancel,
            "fok" => TimeInForce.FillOrKill,
            "postOnly" => TimeInForce.PostOnly,
            _ => throw Malformed("timeInForce must be \"gtc\", \"ioc\", \"fok\" or \"postOnly\"."),
        };
        var price = Read(order.Price, "price", instrument.PriceDecimals, Rejection.PriceOutOfRange, "tick size");
        var quantity = ReadQuantity(order, instrument);
        return new NewOrder(
            account, side, OrderType.Limit, price, quantity, 0, timeInForce, now, SelfTradePrevention: PreventionOf(order));
    }

    private static NewOrder Stop(PlaceOrderParams order, Side side, OrderType type, Instrument instrument, int account, long now)
    {
        var limit = Limit(order, side, instrument, account, now);
        if (limit.TimeInForce == TimeInForce.PostOnly) throw Malformed("An order with a stop price may match at once: leave postOnly out.");
        var stopPrice = Read(order.StopPrice, "stopPrice", instrument.PriceDecimals, Rejection.PriceOutOfRange, "tick size");
        return limit with { Type = type, StopPrice = stopPrice };
    }

    private static SelfTradePrevention PreventionOf(PlaceOrderParams order) => order.SelfTradePrevention switch
    {
        null or "expireMaker" => SelfTradePrevention.ExpireMaker,
        "expireTaker" => SelfTradePrevention.ExpireTaker,
        "expireBoth" => SelfTradePrevention.ExpireBoth,
        _ => throw Malformed("selfTradePrevention must be \"expireMaker\", \"expireTaker\" or \"expireBoth\"."),
    };

    private static NewOrder MarketOrder(PlaceOrderParams order, Side side, Instrument instrument, int account, long now)
    {
        if (order.Price is not null) throw Malformed("A market order takes the book's prices: leave price out.");
        if (order.StopPrice is not null) throw Malformed("A market order has no stop price: leave stopPrice out.");
        if (order.TimeInForce is not null) throw Malformed("A market order never rests: leave timeInForce out.");
        if (order.Quantity is null == order.QuoteQuantity is null)
            throw Malformed("A market order has either a quantity or a quoteQuantity.");
        if (order.QuoteQuantity is null)
            return Market(ReadQuantity(order, instrument), quoteAmount: 0);
        var amount = Read(
            order.QuoteQuantity, "quoteQuantity", Instrument.AmountDecimals, Rejection.QuantityOutOfRange, "smallest amount");
        return Market(quantity: 0, amount);

        NewOrder Market(long quantity, long quoteAmount) => new(
            account, side, OrderType.Market, 0, quantity, quoteAmount, default, now, SelfTradePrevention: PreventionOf(order));
    }

    private static long ReadQuantity(PlaceOrderParams order, Instrument instrument) =>
        Read(order.Quantity, "quantity", instrument.QuantityDecimals, Rejection.QuantityOutOfRange, "step size");

    private static long Read(string? text, string name, int decimals, Rejection offGrid, string unit)
    {
        if (text is null) throw Malformed($"{name} is missing: give it as a decimal string such as \"142.36\".");
        if (!FixedPoint.TryParse(text, decimals, out var value, out var isExact))
            throw Malformed($"{name} is not a decimal string such as \"142.36\": digits with at most one point, no sign, no exponent.");
        if (isExact) return value;
        throw new ClientException(
            (uint)offGrid,
            $"{char.ToUpperInvariant(name[0])}{name[1..]} {text} is not a multiple of the {unit} {FixedPoint.Format(1, decimals)}: try {FixedPoint.Format(Math.Max(value, 1), decimals)}.");
    }

    private static ClientException Malformed(string sentence) => new(400, sentence);
}
