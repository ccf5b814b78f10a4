namespace Duplex.Messaging.Sharding;

/// <summary>An item of work for a <see cref="Shard"/>.</summary>
public interface IShardWork
{
    /// <summary>Runs on the shard. An exception is logged and ends only this item.</summary>
    void Run();
}
