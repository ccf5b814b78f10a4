using CsCheck;
using Duplex.Messaging.Brokers;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Publications;
using Microsoft.Extensions.Time.Testing;

namespace Duplex.Messaging.Tests.Brokers;

public sealed class MemoryBrokerTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly PublishOptions NoOptions = new();

    [Fact]
    public void History_is_what_a_list_says_for_every_query()
    {
        Gen.Select(Gen.Int[1, 8], Gen.Int[0, 20], Gen.Int[-1, 12], Gen.Int[-1, 22], Gen.Bool).Sample(static (size, count, limit, since, isReversed) =>
        {
            using var broker = Attached();
            var stream = new StreamOptions(size, Hour, Hour);
            for (var i = 1; i <= count; i++) Publish(broker, "a", stream, NoOptions);
            StreamPosition? position = since < 0 ? null : new StreamPosition((ulong)since, "");

            var page = broker.ReadHistoryAsync("a", new HistoryQuery(limit < 0 ? null : limit, position, isReversed), stream).AsTask().Result;

            var kept = Enumerable.Range(1, count).TakeLast(size);
            if (since >= 0) kept = kept.Where(offset => isReversed ? offset < since : offset > since);
            if (isReversed) kept = kept.Reverse();
            if (limit >= 0) kept = kept.Take(limit);
            Assert.Equal(kept.Select(static offset => (ulong)offset), page.Publications.Select(static publication => publication.Offset));
            Assert.Equal((ulong)count, page.Position.Offset);
        });
    }

    [Fact]
    public async Task Publishers_on_many_threads_leave_offsets_without_holes_and_the_receiver_sees_them_in_order()
    {
        using var broker = new MemoryBroker(TimeProvider.System);
        var receiver = new RecordingReceiver();
        broker.Attach(receiver);
        var stream = new StreamOptions(10_000, Hour, Hour);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 1000; i++) Publish(broker, "a", stream, NoOptions);
        })));

        Assert.Equal(Enumerable.Range(1, 4000).Select(static offset => (ulong)offset), receiver.Offsets);
    }

    [Fact]
    public async Task Publication_with_a_key_or_version_seen_before_is_not_published_again()
    {
        using var broker = Attached();
        var stream = new StreamOptions(10, Hour, Hour);
        var keyed = new PublishOptions { IdempotencyKey = "k" };

        var first = await Publish(broker, "a", stream, keyed);
        var second = await Publish(broker, "a", stream, keyed);
        Assert.Equal(first with { IsSuppressed = true }, second);

        Assert.False((await Publish(broker, "a", stream, new PublishOptions { Version = 5 })).IsSuppressed);
        Assert.True((await Publish(broker, "a", stream, new PublishOptions { Version = 5 })).IsSuppressed);
        Assert.False((await Publish(broker, "a", stream, new PublishOptions { Version = 6 })).IsSuppressed);
        Assert.False((await Publish(broker, "a", stream, new PublishOptions { Version = 1, VersionEpoch = "new" })).IsSuppressed);
        Assert.Equal(4UL, (await broker.ReadHistoryAsync("a", HistoryQuery.PositionOnly, stream)).Position.Offset);
    }

    [Fact]
    public async Task Version_is_forgotten_when_the_channel_got_none_for_its_meta_time()
    {
        var time = new FakeTimeProvider();
        using var broker = Attached(time);
        var stream = new StreamOptions(0, TimeSpan.Zero, Hour);
        await Publish(broker, "a", stream, new PublishOptions { Version = 5 });

        time.Advance(Hour / 2);
        Assert.False((await Publish(broker, "a", stream, new PublishOptions { Version = 6 })).IsSuppressed);
        time.Advance(Hour - TimeSpan.FromSeconds(1));
        Assert.True((await Publish(broker, "a", stream, new PublishOptions { Version = 6 })).IsSuppressed);
        time.Advance(TimeSpan.FromSeconds(11));
        Assert.False((await Publish(broker, "a", stream, new PublishOptions { Version = 1 })).IsSuppressed);
    }

    [Fact]
    public async Task Key_is_forgotten_after_five_minutes()
    {
        var time = new FakeTimeProvider();
        using var broker = Attached(time);
        var stream = new StreamOptions(10, Hour, Hour);
        var keyed = new PublishOptions { IdempotencyKey = "k" };
        await Publish(broker, "a", stream, keyed);

        time.Advance(TimeSpan.FromMinutes(5));

        Assert.False((await Publish(broker, "a", stream, keyed)).IsSuppressed);
    }

    [Fact]
    public async Task Stream_that_is_not_used_for_its_meta_time_starts_over_with_a_new_epoch()
    {
        var time = new FakeTimeProvider();
        using var broker = Attached(time);
        var stream = new StreamOptions(10, Hour, Hour * 2);
        await Publish(broker, "a", stream, NoOptions);
        var before = (await broker.ReadHistoryAsync("a", HistoryQuery.PositionOnly, stream)).Position;

        time.Advance(Hour * 2 + TimeSpan.FromSeconds(10));

        var after = (await broker.ReadHistoryAsync("a", HistoryQuery.PositionOnly, stream)).Position;
        Assert.Equal(0UL, after.Offset);
        Assert.NotEqual(before.Epoch, after.Epoch);
    }

    private static MemoryBroker Attached(TimeProvider? time = null)
    {
        var broker = new MemoryBroker(time ?? new FakeTimeProvider());
        broker.Attach(new RecordingReceiver());
        return broker;
    }

    private static Task<PublishResult> Publish(MemoryBroker broker, string channel, StreamOptions stream, PublishOptions options) =>
        broker.PublishAsync(channel, new Publication { Data = "1"u8.ToArray(), Time = long.MaxValue / 2 }, stream, options).AsTask();

    private sealed class RecordingReceiver : IBrokerReceiver
    {
        public List<ulong> Offsets { get; } = [];

        public void OnPublication(string channel, Publication publication, Publication? previous, string epoch) => Offsets.Add(publication.Offset);

        public void OnJoin(string channel, ClientInfo info)
        {
        }

        public void OnLeave(string channel, ClientInfo info)
        {
        }
    }
}
