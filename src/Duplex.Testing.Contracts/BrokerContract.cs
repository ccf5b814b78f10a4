using CsCheck;
using Duplex.Messaging.Brokers;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Publications;
using Microsoft.Extensions.Time.Testing;

namespace Duplex.Testing.Contracts;

/// <summary>Verifies the guarantees of <see cref="IBroker"/>.</summary>
public abstract class BrokerContract : StoreContract<IBroker>
{
    private const string Channel = "chat:a";
    private static readonly PublishOptions NoOptions = new();

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly RecordingReceiver _receiver = new();

    private StreamOptions Stream => new(100, Tick * 10, Tick * 20) { Namespace = "chat", MaxChannels = 1000 };

    [Fact]
    [Guarantee("Atomic publish")]
    [Guarantee("Flow")]
    public async Task Publication_is_in_the_history_exactly_when_it_was_delivered()
    {
        var broker = await AttachedAsync();

        for (var i = 0; i < 10; i++) await PublishAsync(broker);
        await SettleAsync();

        var deliveries = _receiver.Of(Channel);
        var history = await broker.ReadHistoryAsync(Channel, default, Stream);
        Assert.Equal(10, history.Publications.Count);
        Assert.Equal(history.Publications.Select(static one => one.Offset), deliveries.Select(static one => one.Publication.Offset));
        Assert.Equal([null, .. Enumerable.Range(1, 9).Select(static offset => (ulong?)offset)], deliveries.Select(static one => one.Previous?.Offset));
        Assert.All(deliveries, one => Assert.Equal(history.Position.Epoch, one.Epoch));
    }

    [Fact]
    [Guarantee("Offsets")]
    [Guarantee("Order")]
    public async Task Publishers_on_many_threads_leave_offsets_without_holes_and_the_receiver_gets_them_in_order()
    {
        var broker = await AttachedAsync();
        var stream = Stream with { Size = 10_000 };

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 250; i++) await PublishAsync(broker, stream: stream);
        })));
        await SettleAsync();

        var expected = Enumerable.Range(1, 1000).Select(static offset => (ulong)offset);
        Assert.Equal(expected, _receiver.Of(Channel).Select(static one => one.Publication.Offset));
        Assert.Equal(expected, (await broker.ReadHistoryAsync(Channel, default, stream)).Publications.Select(static one => one.Offset));
        Assert.False(_receiver.HasOverlapped);
    }

    [Fact]
    [Guarantee("Offsets")]
    [Guarantee("Retention")]
    public async Task History_is_what_a_list_model_returns_for_every_query()
    {
        var broker = await AttachedAsync();
        var number = 0;
        await Gen.Select(Gen.Int[1, 8], Gen.Int[0, 20], Gen.Int[-1, 12], Gen.Int[-1, 22], Gen.Bool).SampleAsync(async (size, count, limit, since, isReversed) =>
        {
            var channel = $"chat:{Interlocked.Increment(ref number)}";
            var stream = Stream with { Size = size, MaxChannels = int.MaxValue };
            for (var i = 1; i <= count; i++) await PublishAsync(broker, channel, stream);
            StreamPosition? position = since < 0 ? null : new StreamPosition((ulong)since, "");

            var page = await broker.ReadHistoryAsync(channel, new HistoryQuery(limit < 0 ? null : limit, position, isReversed), stream);

            var kept = Enumerable.Range(1, count).TakeLast(size);
            if (since >= 0) kept = kept.Where(offset => isReversed ? offset < since : offset > since);
            if (isReversed) kept = kept.Reverse();
            if (limit >= 0) kept = kept.Take(limit);
            Assert.Equal(kept.Select(static offset => (ulong)offset), page.Publications.Select(static publication => publication.Offset));
            Assert.Equal((ulong)count, page.Position.Offset);
        });
    }

    [Fact]
    [Guarantee("New epoch")]
    public async Task Removed_history_starts_over_with_a_new_epoch()
    {
        var broker = await AttachedAsync();
        await PublishAsync(broker);
        var before = (await PublishAsync(broker)).Position;

        await broker.RemoveHistoryAsync(Channel);

        var removed = await broker.ReadHistoryAsync(Channel, default, Stream);
        Assert.Empty(removed.Publications);
        Assert.Equal(0UL, removed.Position.Offset);
        for (var i = 0; i < 3; i++) await PublishAsync(broker);
        Assert.NotEqual(before.Epoch, (await ReadPositionAsync(broker)).Epoch);
    }

    [Fact]
    [Guarantee("New epoch")]
    public async Task Stream_that_is_not_used_for_its_meta_time_starts_over_with_a_new_epoch()
    {
        var broker = await AttachedAsync();
        var before = (await PublishAsync(broker)).Position;

        await PassAsync(_time, Tick * 21);

        var after = await ReadPositionAsync(broker);
        Assert.Equal(0UL, after.Offset);
        Assert.NotEqual(before.Epoch, after.Epoch);
    }

    [Fact]
    [Guarantee("New epoch")]
    [Guarantee("Bounded")]
    public async Task Channel_beyond_the_bound_of_a_namespace_evicts_another_which_starts_over()
    {
        var broker = await AttachedAsync();
        var stream = Stream with { MaxChannels = 3 };
        var before = new Dictionary<string, StreamPosition>();
        for (var i = 0; i < 5; i++) before.Add($"chat:{i}", (await PublishAsync(broker, $"chat:{i}", stream)).Position);
        await PublishAsync(broker, "news:a", stream with { Namespace = "news" });

        var evicted = 0;
        foreach (var (channel, position) in before)
        {
            var now = await ReadPositionAsync(broker, channel, stream);
            if (now == position) continue;
            evicted++;
            Assert.Equal(0UL, now.Offset);
            Assert.NotEqual(position.Epoch, now.Epoch);
        }

        Assert.Equal(2, evicted);
        Assert.Equal(1UL, (await ReadPositionAsync(broker, "news:a", stream with { Namespace = "news" })).Offset);
    }

    [Fact]
    [Guarantee("Blank epoch")]
    public async Task Stream_begins_with_the_epoch_that_was_read_before_its_first_publication()
    {
        var broker = await AttachedAsync();
        var before = await ReadPositionAsync(broker);

        Assert.Equal(0UL, before.Offset);
        Assert.NotEqual("", before.Epoch);
        Assert.Equal(new StreamPosition(1, before.Epoch), (await PublishAsync(broker)).Position);
    }

    [Fact]
    [Guarantee("Retention")]
    public async Task Publication_expires_alone_however_long_newer_ones_keep_the_stream_alive()
    {
        var broker = await AttachedAsync();
        await PublishAsync(broker);
        await PassAsync(_time, Tick * 5);
        await PublishAsync(broker);
        await PassAsync(_time, Tick * 6);

        var page = await broker.ReadHistoryAsync(Channel, default, Stream);

        Assert.Equal([2UL], page.Publications.Select(static one => one.Offset));
        Assert.Equal(2UL, page.Position.Offset);
    }

    [Fact]
    [Guarantee("Reads create nothing")]
    public async Task Reading_creates_no_state()
    {
        var broker = await AttachedAsync();
        var before = CountOrSkip(broker);

        for (var i = 0; i < 100; i++) await broker.ReadHistoryAsync($"chat:{i}", default, Stream);

        Assert.Equal(before, CountOrSkip(broker));
    }

    [Fact]
    [Guarantee("Monotonic time")]
    public async Task Step_of_the_wall_clock_expires_nothing()
    {
        SkipUnlessDriven();
        var time = new SteppedTime();
        var broker = await AttachedAsync(time);
        var keyed = new PublishOptions { IdempotencyKey = "k" };
        await PublishAsync(broker, options: keyed);

        time.Step(TimeSpan.FromDays(60));

        Assert.Single((await broker.ReadHistoryAsync(Channel, default, Stream)).Publications);
        Assert.True((await PublishAsync(broker, options: keyed)).IsSuppressed);
    }

    [Fact]
    [Guarantee("Membership")]
    public async Task Joins_and_leaves_are_delivered_and_not_part_of_the_stream()
    {
        var broker = await AttachedAsync();
        await PublishAsync(broker);

        await broker.PublishJoinAsync(Channel, new ClientInfo("ann", "1"));
        await broker.PublishLeaveAsync(Channel, new ClientInfo("ann", "1"));
        await SettleAsync();

        Assert.Equal([(Channel, "1", true), (Channel, "1", false)], _receiver.Memberships);
        Assert.Equal(1UL, (await ReadPositionAsync(broker)).Offset);
    }

    [Fact]
    [Guarantee("Skipped history")]
    public async Task Publication_that_skips_the_history_is_delivered_without_a_position()
    {
        var broker = await AttachedAsync();
        await PublishAsync(broker);

        var skipped = await PublishAsync(broker, options: new PublishOptions { SkipHistory = true });
        await PublishAsync(broker, "chat:off", Stream with { Size = 0 });
        await SettleAsync();

        Assert.Equal(default, skipped.Position);
        Assert.Equal([1UL, 0UL], _receiver.Of(Channel).Select(static one => one.Publication.Offset));
        Assert.Equal("", _receiver.Of(Channel)[1].Epoch);
        Assert.Equal(1UL, (await ReadPositionAsync(broker)).Offset);
    }

    [Fact]
    [Guarantee("Idempotency")]
    public async Task Key_that_was_published_before_is_suppressed_and_returns_the_first_position()
    {
        var broker = await AttachedAsync();
        var keyed = new PublishOptions { IdempotencyKey = "k" };

        var first = await PublishAsync(broker, options: keyed);
        await PublishAsync(broker);
        Assert.Equal(first with { IsSuppressed = true }, await PublishAsync(broker, options: keyed));
        await broker.RemoveHistoryAsync(Channel);
        Assert.Equal(first with { IsSuppressed = true }, await PublishAsync(broker, options: keyed));
        Assert.False((await PublishAsync(broker, options: new PublishOptions { IdempotencyKey = "other" })).IsSuppressed);
        await SettleAsync();

        Assert.Equal(3, _receiver.Of(Channel).Count);
    }

    [Fact]
    [Guarantee("Idempotency")]
    public async Task Keys_of_different_channels_are_independent()
    {
        var broker = await AttachedAsync();
        var keyed = new PublishOptions { IdempotencyKey = "k" };
        await PublishAsync(broker, options: keyed);

        Assert.False((await PublishAsync(broker, "chat:b", options: keyed)).IsSuppressed);
    }

    [Fact]
    [Guarantee("Idempotency")]
    public async Task Key_is_retained_for_five_minutes()
    {
        SkipUnlessDriven();
        var broker = await AttachedAsync();
        var keyed = new PublishOptions { IdempotencyKey = "k" };
        await PublishAsync(broker, options: keyed);

        await PassAsync(_time, TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        Assert.True((await PublishAsync(broker, options: keyed)).IsSuppressed);
        await PassAsync(_time, TimeSpan.FromSeconds(1));
        Assert.False((await PublishAsync(broker, options: keyed)).IsSuppressed);
    }

    [Fact]
    [Guarantee("Versions")]
    public async Task Version_that_is_not_above_the_last_one_of_its_epoch_is_suppressed()
    {
        var broker = await AttachedAsync();

        Assert.False((await PublishAsync(broker, options: new PublishOptions { Version = 5 })).IsSuppressed);
        Assert.True((await PublishAsync(broker, options: new PublishOptions { Version = 5 })).IsSuppressed);
        Assert.True((await PublishAsync(broker, options: new PublishOptions { Version = 4 })).IsSuppressed);
        Assert.False((await PublishAsync(broker, options: new PublishOptions { Version = 6 })).IsSuppressed);
        Assert.False((await PublishAsync(broker, options: new PublishOptions { Version = 1, VersionEpoch = "new" })).IsSuppressed);
        Assert.False((await PublishAsync(broker)).IsSuppressed);
        Assert.Equal(4UL, (await ReadPositionAsync(broker)).Offset);
    }

    [Fact]
    [Guarantee("Subscription order")]
    public async Task Subscribe_and_unsubscribe_take_effect_in_their_order()
    {
        var broker = await AttachedAsync();
        List<Task> calls = [];
        for (var i = 0; i < 10; i++)
        {
            calls.Add(broker.UnsubscribeAsync(Channel).AsTask());
            calls.Add(broker.SubscribeAsync(Channel).AsTask());
        }

        await Task.WhenAll(calls);
        await PublishAsync(broker);
        await SettleAsync();

        Assert.Single(_receiver.Of(Channel));
    }

    [Fact]
    [Guarantee("No blocking")]
    public async Task Subscribe_and_unsubscribe_return_while_a_delivery_of_the_channel_is_held_up()
    {
        var broker = await AttachedAsync();
        using var held = new HeldDelivery();
        _receiver.Within = held.Enter;

        await held.ShouldNotHoldUpAsync(
            () => PublishAsync(broker).AsTask(),
            () => Task.WhenAll(broker.UnsubscribeAsync(Channel).AsTask(), broker.SubscribeAsync(Channel).AsTask()));
    }

    [Fact]
    [Guarantee("Cancellation")]
    public async Task Call_that_is_cancelled_beforehand_changes_nothing()
    {
        var broker = await AttachedAsync();
        var before = (await PublishAsync(broker)).Position;
        var info = new ClientInfo("ann", "1");

        await ShouldThrowAsync(
            cancelled => broker.PublishAsync(Channel, Publication(), Stream, new PublishOptions { IdempotencyKey = "k", Version = 9 }, cancelled).AsTask(),
            cancelled => broker.PublishAsync(Channel, Publication(), Stream, NoOptions, cancelled).AsTask(),
            cancelled => broker.RemoveHistoryAsync(Channel, cancelled).AsTask(),
            cancelled => broker.ReadHistoryAsync(Channel, default, Stream, cancelled).AsTask(),
            cancelled => broker.PublishJoinAsync(Channel, info, cancelled).AsTask(),
            cancelled => broker.PublishLeaveAsync(Channel, info, cancelled).AsTask(),
            cancelled => broker.SubscribeAsync("chat:b", cancelled).AsTask(),
            cancelled => broker.UnsubscribeAsync(Channel, cancelled).AsTask());

        Assert.Equal(before, await ReadPositionAsync(broker));
        Assert.False((await PublishAsync(broker, options: new PublishOptions { IdempotencyKey = "k", Version = 1 })).IsSuppressed);
        await SettleAsync();
        Assert.Equal([1UL, 2UL], _receiver.Of(Channel).Select(static one => one.Publication.Offset));
        Assert.Empty(_receiver.Memberships);
    }

    private static Publication Publication() => new() { Data = "1"u8.ToArray(), Time = long.MaxValue / 2 };

    private ValueTask<PublishResult> PublishAsync(IBroker broker, string channel = Channel, StreamOptions? stream = null, PublishOptions? options = null) =>
        broker.PublishAsync(channel, Publication(), stream ?? Stream, options ?? NoOptions);

    private async Task<StreamPosition> ReadPositionAsync(IBroker broker, string channel = Channel, StreamOptions? stream = null) =>
        (await broker.ReadHistoryAsync(channel, HistoryQuery.PositionOnly, stream ?? Stream)).Position;

    private async Task<IBroker> AttachedAsync(TimeProvider? time = null)
    {
        var broker = Make(time ?? _time);
        broker.Attach(_receiver);
        await broker.SubscribeAsync(Channel);
        return broker;
    }
}
