namespace Showcase.Exchange.Matching;

/// <summary>
/// The outcome of one or more commands, in order. The caller owns it, reads it after the command and clears it, so a
/// running market does not allocate one per command.
/// </summary>
public sealed class Execution
{
    /// <summary>The trades, in order.</summary>
    public List<Trade> Trades { get; } = [];

    /// <summary>The changed orders: each resting order when it matched, then the incoming order once.</summary>
    public List<OrderState> Orders { get; } = [];

    /// <summary>The changed levels, one entry per update id.</summary>
    public List<LevelChange> Levels { get; } = [];

    /// <summary>Removes all entries.</summary>
    public void Clear()
    {
        Trades.Clear();
        Orders.Clear();
        Levels.Clear();
    }
}
