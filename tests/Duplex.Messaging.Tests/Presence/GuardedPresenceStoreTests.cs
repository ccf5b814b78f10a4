using Duplex.Messaging.Presence;
using Duplex.Testing.Contracts;

namespace Duplex.Messaging.Tests.Presence;

/// <summary>The hub calls its presence store through a wrapper, which keeps every guarantee.</summary>
public sealed class GuardedPresenceStoreTests : PresenceStoreContract
{
    private MemoryPresenceStore? _inner;

    protected override IPresenceStore Create(TimeProvider time) => new GuardedPresenceStore(_inner = new MemoryPresenceStore(time));

    protected override long? CountChannels(IPresenceStore store) => _inner!.ChannelCount;
}
