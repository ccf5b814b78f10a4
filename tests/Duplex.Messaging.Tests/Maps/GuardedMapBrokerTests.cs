using Duplex.Messaging.Maps;
using Duplex.Testing.Contracts;

namespace Duplex.Messaging.Tests.Maps;

/// <summary>The hub calls its map broker through a wrapper, which keeps every guarantee.</summary>
public sealed class GuardedMapBrokerTests : MapBrokerContract
{
    private MemoryMapBroker? _inner;

    protected override IMapBroker Create(TimeProvider time) => new GuardedMapBroker(_inner = new MemoryMapBroker(time));

    protected override long? CountChannels(IMapBroker store) => _inner!.MapCount;
}
