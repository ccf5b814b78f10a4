using Duplex.Messaging.Maps;

namespace Duplex.Messaging.Tests.Maps;

public sealed class MemoryMapBrokerTests : MapBrokerContract
{
    protected override IMapBroker Create(TimeProvider time) => new MemoryMapBroker(time);
}
