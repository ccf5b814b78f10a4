using Duplex.Messaging.Brokers;
using Duplex.Testing.Contracts;

namespace Duplex.Messaging.Tests.Brokers;

/// <summary>The hub calls its broker through a wrapper, which keeps every guarantee.</summary>
public sealed class GuardedBrokerTests : BrokerContract
{
    private MemoryBroker? _inner;

    protected override IBroker Create(TimeProvider time) => new GuardedBroker(_inner = new MemoryBroker(time));

    protected override long? CountChannels(IBroker store) => _inner!.StreamCount;
}
