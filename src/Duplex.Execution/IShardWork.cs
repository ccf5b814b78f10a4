namespace Duplex.Execution;

/// <summary>An item of work for a <see cref="Shard"/>. An interface, so that an object can be its own item of work.</summary>
public interface IShardWork
{
    /// <summary>Runs on the shard that it was posted to. An exception is logged and ends only this item.</summary>
    void Run();
}
