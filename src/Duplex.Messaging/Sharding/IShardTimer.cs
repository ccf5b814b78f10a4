namespace Duplex.Messaging.Sharding;

/// <summary>One call that a shard makes later, again whenever it is armed anew. Shard only.</summary>
public interface IShardTimer
{
    /// <summary>Arms the timer, or moves it: the call comes once, at or shortly after the due time (ticks of 100 ms).</summary>
    void Schedule(TimeSpan due);

    /// <summary>Disarms the timer; does nothing when it is not armed.</summary>
    void Cancel();
}
