namespace Duplex.WebSockets.Connections;

/// <summary>An item of work for a <see cref="ConnectionOwner"/>. An interface, so that an object can be its own work item.</summary>
public interface IOwnerWork
{
    /// <summary>Runs on the owner. An exception is logged and ends only this item.</summary>
    void Run();
}
