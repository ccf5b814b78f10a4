using Duplex.Messaging.Presence;
using Duplex.Testing.Contracts;

namespace Duplex.Messaging.Tests.Presence;

public sealed class MemoryPresenceStoreTests : PresenceStoreContract
{
    protected override IPresenceStore Create(TimeProvider time) => new MemoryPresenceStore(time);

    protected override long? CountChannels(IPresenceStore store) => ((MemoryPresenceStore)store).ChannelCount;
}
