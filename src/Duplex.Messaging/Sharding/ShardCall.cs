namespace Duplex.Messaging.Sharding;

/// <summary>A delegate with its state as an item of work.</summary>
internal sealed class ShardCall<TState>(Action<TState> call, TState state) : IShardWork
{
    public void Run() => call(state);
}
