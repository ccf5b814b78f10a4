using Duplex.Messaging.Maps;
using Duplex.Testing.Contracts;

namespace Duplex.Messaging.Tests.Maps;

public sealed class MemoryMapBrokerTests : MapBrokerContract
{
    protected override IMapBroker Create(TimeProvider time) => new MemoryMapBroker(time);

    protected override long? CountChannels(IMapBroker store) => ((MemoryMapBroker)store).MapCount;
}
