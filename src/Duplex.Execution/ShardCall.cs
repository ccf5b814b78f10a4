namespace Duplex.Execution;

/// <summary>Represents a delegate and its argument as an item of work.</summary>
internal sealed class ShardCall<TState>(Action<TState> action, TState state) : IShardWork
{
    public void Run() => action(state);
}
