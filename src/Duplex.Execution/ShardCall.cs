namespace Duplex.Execution;

/// <summary>A delegate with its argument as an item of work.</summary>
internal sealed class ShardCall<TState>(Action<TState> action, TState state) : IShardWork
{
    public void Run() => action(state);
}
