using Duplex.Messaging.Brokers;
using Duplex.Messaging.Publications;
using Microsoft.Extensions.Time.Testing;

namespace Duplex.Messaging.Tests.Brokers;

/// <summary>What names alone cost the broker in memory, and what becomes of positions when it drops streams.</summary>
public sealed class StreamBoundTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly StreamOptions Stream = new(10, Hour, Hour * 2) { Namespace = "chat", MaxChannels = 3 };
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Channel_more_than_the_bound_takes_the_place_of_the_one_not_used_for_longest()
    {
        using var broker = Attached();
        var oldest = await PublishAsync(broker, "chat:1");
        _time.Advance(TimeSpan.FromSeconds(1));
        var used = await PublishAsync(broker, "chat:2");
        await PublishAsync(broker, "chat:3");

        await PublishAsync(broker, "chat:4");

        Assert.Equal(3, broker.StreamCount);
        Assert.Equal(used, await ReadAsync(broker, "chat:2"));
        Assert.Equal(0UL, (await ReadAsync(broker, "chat:1")).Offset);
        Assert.NotEqual(oldest.Epoch, (await ReadAsync(broker, "chat:1")).Epoch);
    }

    [Fact]
    public async Task Channels_of_one_namespace_take_no_place_of_another()
    {
        using var broker = Attached();
        var other = Stream with { Namespace = "news" };
        await broker.PublishAsync("news:a", Publication(), other, new PublishOptions());

        for (var i = 0; i < 100; i++) await PublishAsync(broker, $"chat:{i}");

        Assert.Equal(4, broker.StreamCount);
        Assert.Equal(1UL, (await broker.ReadHistoryAsync("news:a", HistoryQuery.PositionOnly, other)).Position.Offset);
    }

    [Fact]
    public async Task Streams_that_came_and_went_leave_nothing_behind()
    {
        using var broker = Attached();
        for (var i = 0; i < 1000; i++)
        {
            await PublishAsync(broker, $"chat:{i}");
            await broker.RemoveHistoryAsync($"chat:{i}");
        }

        _time.Advance(Hour * 3);

        Assert.Equal(0, broker.StreamCount);
        Assert.Equal(1UL, (await PublishAsync(broker, "chat:1")).Offset);
    }

    private static Publication Publication() => new() { Data = "1"u8.ToArray() };

    private static async Task<StreamPosition> PublishAsync(MemoryBroker broker, string channel) =>
        (await broker.PublishAsync(channel, Publication(), Stream, new PublishOptions())).Position;

    private static async Task<StreamPosition> ReadAsync(MemoryBroker broker, string channel) =>
        (await broker.ReadHistoryAsync(channel, HistoryQuery.PositionOnly, Stream)).Position;

    private MemoryBroker Attached()
    {
        var broker = new MemoryBroker(_time);
        broker.Attach(new Nobody());
        return broker;
    }
}
