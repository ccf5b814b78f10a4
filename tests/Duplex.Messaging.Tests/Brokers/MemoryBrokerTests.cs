using Duplex.Messaging.Brokers;
using Duplex.Messaging.Publications;
using Duplex.Testing.Contracts;
using Microsoft.Extensions.Time.Testing;

namespace Duplex.Messaging.Tests.Brokers;

public sealed class MemoryBrokerTests : BrokerContract
{
    protected override IBroker Create(TimeProvider time) => new MemoryBroker(time);

    protected override long? CountChannels(IBroker store) => ((MemoryBroker)store).StreamCount;

    [Fact]
    public async Task Version_is_dropped_when_the_channel_got_none_for_its_meta_time()
    {
        var time = new FakeTimeProvider();
        using var broker = new MemoryBroker(time);
        broker.Attach(new Nobody());
        var hour = TimeSpan.FromHours(1);
        var stream = new StreamOptions(0, TimeSpan.Zero, hour);
        await PublishAsync(5);

        time.Advance(hour / 2);
        Assert.False((await PublishAsync(6)).IsSuppressed);
        time.Advance(hour - TimeSpan.FromSeconds(1));
        Assert.True((await PublishAsync(6)).IsSuppressed);
        time.Advance(TimeSpan.FromSeconds(11));
        Assert.False((await PublishAsync(1)).IsSuppressed);

        ValueTask<PublishResult> PublishAsync(ulong version) =>
            broker.PublishAsync("a", new Publication { Data = "1"u8.ToArray() }, stream, new PublishOptions { Version = version });
    }
}
