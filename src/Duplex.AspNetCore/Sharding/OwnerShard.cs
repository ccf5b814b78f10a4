using System.Runtime.CompilerServices;
using Duplex.Messaging.Sharding;
using Duplex.WebSockets.Connections;

namespace Duplex.AspNetCore.Sharding;

/// <summary>A connection owner as the hub's shard: one per owner, so that clients of one owner share their channels' lists.</summary>
internal sealed class OwnerShard : Shard
{
    private static readonly ConditionalWeakTable<ConnectionOwner, OwnerShard> Shards = [];

    private readonly ConnectionOwner _owner;

    private OwnerShard(ConnectionOwner owner) => _owner = owner;

    public override bool IsCurrent => _owner.IsCurrent;

    public static OwnerShard Of(ConnectionOwner owner) => Shards.GetValue(owner, static owner => new OwnerShard(owner));

    public override void Post(IShardWork work) => _owner.Post(new PostedWork(work));

    public override IShardTimer CreateTimer(Action<object?> callback, object? state) => new CallbackTimer(_owner, callback, state);

    private sealed class PostedWork(IShardWork work) : IOwnerWork
    {
        public void Run() => work.Run();
    }

    private sealed class CallbackTimer(ConnectionOwner owner, Action<object?> callback, object? state) : OwnerTimer, IShardTimer
    {
        public void Schedule(TimeSpan due) => owner.Schedule(this, due);

        public void Cancel() => owner.Cancel(this);

        protected override void OnDue() => callback(state);
    }
}
