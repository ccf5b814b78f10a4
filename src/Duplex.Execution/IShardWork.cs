namespace Duplex.Execution;

/// <summary>Represents an item of work for a <see cref="Shard"/>. An interface, so that an object can be its own item of work.</summary>
public interface IShardWork
{
    /// <summary>Runs the item on the shard that it was posted to. An exception is logged and ends only this item.</summary>
    void Run();
}
