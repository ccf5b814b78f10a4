namespace Showcase.Exchange.Matching;

/// <summary>
/// What one or more commands did, in order. The caller owns it, reads it after the command and clears it, so that
/// a running market allocates nothing for it.
/// </summary>
public sealed class Execution
{
    /// <summary>Matches, in order.</summary>
    public List<Trade> Trades { get; } = [];

    /// <summary>Orders that changed: each resting order as it was hit, then the arriving order once.</summary>
    public List<OrderState> Orders { get; } = [];

    /// <summary>Levels that changed, one entry for each update id.</summary>
    public List<LevelChange> Levels { get; } = [];

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Trades.Clear();
        Orders.Clear();
        Levels.Clear();
    }
}
