namespace Duplex.Messaging.Application;

/// <summary>What a handler returned; its result may be null.</summary>
internal sealed record HandlerResult(object? Result)
{
    public static HandlerResult None { get; } = new((object?)null);

    public static HandlerResult True { get; } = new((object?)true);

    public static HandlerResult Of(object? result) => result switch
    {
        null => None,
        true => True,
        _ => new HandlerResult(result),
    };
}
