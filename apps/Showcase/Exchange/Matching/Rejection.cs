namespace Showcase.Exchange.Matching;

/// <summary>The reason for which a command was rejected. The values are the codes of docs/protocol/exchange.md; a rejected command changes nothing.</summary>
public enum Rejection
{
    None = 0,
    NotYourOrder = 403,
    UnknownOrder = 410,
    PriceOutOfRange = 420,
    QuantityOutOfRange = 421,
    ValueTooSmall = 422,
    BalanceTooSmall = 423,
    NothingToMatch = 424,
    WouldMatch = 425,
    PriceTooFar = 426,
    WouldTrigger = 427,
    TooManyOpenOrders = 429,
}
