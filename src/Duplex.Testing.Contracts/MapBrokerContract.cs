using System.Globalization;
using CsCheck;
using Duplex.Messaging.Brokers;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Publications;
using Microsoft.Extensions.Time.Testing;

namespace Duplex.Testing.Contracts;

/// <summary>Verifies the guarantees of <see cref="IMapBroker"/>.</summary>
public abstract class MapBrokerContract : StoreContract<IMapBroker>
{
    private const string Channel = "board:a";

    private MapStorageOptions Ephemeral => new(Tick, false, new StreamOptions(0, TimeSpan.Zero, Tick * 20));

    private MapStorageOptions Recoverable => new(Tick, false, new StreamOptions(100, Tick, Tick * 20));

    private MapStorageOptions Persistent => new(TimeSpan.Zero, false, new StreamOptions(100, Tick, Tick * 20));

    private MapStorageOptions Ordered => Persistent with { IsOrdered = true };

    // An implementation may remove an expired entry with a delay.
    private TimeSpan Sweep => Tick / 10;

    [Fact]
    [Guarantee("Atomic change")]
    [Guarantee("Offsets")]
    public async Task Change_is_state_stream_and_publication_at_once()
    {
        var (broker, mirror, _) = Attached();

        var first = await PublishAsync(broker, Persistent, "x", "1");
        var second = await PublishAsync(broker, Persistent, "x", "2");
        var removed = await RemoveAsync(broker, Persistent, "x");

        Assert.Equal([1UL, 2UL, 3UL], [first.Position.Offset, second.Position.Offset, removed.Position.Offset]);
        Assert.Equal([null, "1", "2"], mirror.Changes.Select(static change => MapEntries.Text(change.Previous)));
        Assert.Equal([false, false, true], mirror.Changes.Select(static change => change.Change.IsRemoval));
        Assert.All(mirror.Changes, change => Assert.Equal(first.Position.Epoch, change.Epoch));
        var stream = await broker.ReadStreamAsync(Channel, default, Persistent);
        Assert.Equal(mirror.Changes.Select(static change => change.Change), stream.Publications);
        Assert.Empty((await broker.ReadStateAsync(Channel, default, Persistent)).Entries);
    }

    [Fact]
    [Guarantee("Offsets")]
    public async Task Map_without_a_stream_has_neither_offsets_nor_an_epoch()
    {
        var (broker, mirror, _) = Attached();

        var result = await PublishAsync(broker, Ephemeral, "x", "1");
        var page = await broker.ReadStateAsync(Channel, default, Ephemeral);

        Assert.Equal(new StreamPosition(0, ""), result.Position);
        Assert.Equal(new StreamPosition(0, ""), page.Position);
        Assert.Equal(("x", 0UL), (Assert.Single(page.Entries).Key, page.Entries[0].Offset));
        Assert.Equal("", Assert.Single(mirror.Changes).Epoch);
    }

    [Fact]
    [Guarantee("Suppression")]
    public async Task Removing_what_is_not_there_changes_nothing()
    {
        var (broker, mirror, _) = Attached();

        Assert.Equal(MapSuppression.KeyNotFound, (await RemoveAsync(broker, Persistent, "x")).Suppression);
        Assert.Empty(mirror.Changes);
    }

    [Fact]
    [Guarantee("Suppression")]
    public async Task Key_mode_keeps_entries_from_being_replaced_or_made()
    {
        var (broker, mirror, _) = Attached();

        Assert.Equal(MapSuppression.KeyNotFound, (await PublishAsync(broker, Persistent, "x", "0", new() { KeyMode = MapKeyMode.IfExists })).Suppression);
        Assert.Equal(MapSuppression.None, (await PublishAsync(broker, Persistent, "x", "1", new() { KeyMode = MapKeyMode.IfNew })).Suppression);
        Assert.Equal(MapSuppression.KeyExists, (await PublishAsync(broker, Persistent, "x", "2", new() { KeyMode = MapKeyMode.IfNew })).Suppression);
        Assert.Equal(MapSuppression.None, (await PublishAsync(broker, Persistent, "x", "3", new() { KeyMode = MapKeyMode.IfExists })).Suppression);
        Assert.Equal("3", Assert.Single(mirror.Map).Value);
    }

    [Fact]
    [Guarantee("Suppression")]
    public async Task Version_of_an_entry_only_rises()
    {
        var (broker, mirror, _) = Attached();

        await PublishAsync(broker, Persistent, "x", "5", new() { Version = 5 });
        Assert.Equal(MapSuppression.Version, (await PublishAsync(broker, Persistent, "x", "old", new() { Version = 5 })).Suppression);
        Assert.Equal(MapSuppression.None, (await PublishAsync(broker, Persistent, "y", "1", new() { Version = 1 })).Suppression);
        Assert.Equal(MapSuppression.None, (await PublishAsync(broker, Persistent, "x", "6", new() { Version = 6 })).Suppression);
        Assert.Equal(MapSuppression.None, (await PublishAsync(broker, Persistent, "x", "new", new() { Version = 1, VersionEpoch = "b" })).Suppression);
        Assert.Equal("new", mirror.Map["x"]);
    }

    [Fact]
    [Guarantee("Suppression")]
    public async Task Idempotency_key_makes_a_change_once_in_five_minutes()
    {
        SkipUnlessDriven();
        var (broker, mirror, time) = Attached();
        var once = new MapPublishOptions { IdempotencyKey = "k" };

        var first = await PublishAsync(broker, Persistent, "x", "1", once);
        Assert.Equal(first with { Suppression = MapSuppression.Idempotency }, await PublishAsync(broker, Persistent, "x", "1", once));
        await PassAsync(time, TimeSpan.FromMinutes(5));
        Assert.Equal(MapSuppression.None, (await PublishAsync(broker, Persistent, "x", "2", once)).Suppression);
        Assert.Equal(2, mirror.Changes.Count);
    }

    [Fact]
    [Guarantee("Expiry")]
    public async Task Entry_expires_after_its_last_change_and_its_removal_is_published()
    {
        var (broker, mirror, time) = Attached();
        await PublishAsync(broker, Recoverable, "x", "1");
        await PublishAsync(broker, Recoverable, "y", "1");
        await PassAsync(time, Tick / 2);
        await PublishAsync(broker, Recoverable, "x", "2");

        await PassAsync(time, Tick / 2);
        Assert.Equal("x", Assert.Single((await broker.ReadStateAsync(Channel, default, Recoverable)).Entries).Key);
        Assert.Equal(("y", true, 4UL), (mirror.Changes[^1].Change.Key, mirror.Changes[^1].Change.IsRemoval, mirror.Changes[^1].Change.Offset));

        await PassAsync(time, Tick / 2 + Sweep);
        Assert.Equal(("x", true, 5UL), (mirror.Changes[^1].Change.Key, mirror.Changes[^1].Change.IsRemoval, mirror.Changes[^1].Change.Offset));
        Assert.Equal(0, await broker.CountAsync(Channel, Recoverable));
    }

    [Fact]
    [Guarantee("Suppression")]
    public async Task Suppressed_change_extends_the_life_of_an_entry_on_request()
    {
        var (broker, mirror, time) = Attached();
        await PublishAsync(broker, Ephemeral, "x", "1");
        await PublishAsync(broker, Ephemeral, "y", "1");
        await PassAsync(time, Tick / 2);
        await PublishAsync(broker, Ephemeral, "x", "2", new() { KeyMode = MapKeyMode.IfNew, RefreshesTtl = true });
        await PublishAsync(broker, Ephemeral, "y", "2", new() { KeyMode = MapKeyMode.IfNew });

        await PassAsync(time, Tick / 2 + Sweep);

        Assert.Equal("1", Assert.Single(mirror.Map, static entry => entry.Key == "x").Value);
        Assert.Single(mirror.Map);
    }

    [Fact]
    [Guarantee("Expiry")]
    public async Task Entry_of_a_persistent_map_stays()
    {
        SkipUnlessDriven();
        var (broker, _, time) = Attached();
        await PublishAsync(broker, Persistent, "x", "1");

        await PassAsync(time, Tick * 2000);

        Assert.Equal(1, await broker.CountAsync(Channel, Persistent));
    }

    [Fact]
    [Guarantee("Clearing")]
    [Guarantee("New epoch")]
    public async Task Clearing_starts_a_new_epoch_and_notifies_the_receiver_once()
    {
        var (broker, mirror, _) = Attached();
        var before = await PublishAsync(broker, Persistent, "x", "1");

        await broker.ClearAsync(Channel);

        var after = await broker.ReadStateAsync(Channel, default, Persistent);
        Assert.Empty(after.Entries);
        Assert.Equal(0UL, after.Position.Offset);
        Assert.NotEqual(before.Position.Epoch, after.Position.Epoch);
        Assert.Equal((1, 1), (mirror.Clears, mirror.Changes.Count));
    }

    [Fact]
    [Guarantee("New epoch")]
    public async Task Empty_map_that_is_not_used_for_its_meta_time_starts_a_new_epoch()
    {
        var (broker, _, time) = Attached();
        await PublishAsync(broker, Persistent, "x", "1");
        await RemoveAsync(broker, Persistent, "x");
        var before = (await broker.ReadStreamAsync(Channel, HistoryQuery.PositionOnly, Persistent)).Position;

        await PassAsync(time, Tick * 20 + Sweep);

        Assert.NotEqual(before.Epoch, (await broker.ReadStreamAsync(Channel, HistoryQuery.PositionOnly, Persistent)).Position.Epoch);
    }

    [Theory]
    [InlineData(false, false, "c b a")]
    [InlineData(false, true, "a b c")]
    [InlineData(true, false, "a c b")]
    [InlineData(true, true, "b c a")]
    [Guarantee("Total order")]
    public async Task Entries_are_ordered_by_score_then_key_or_by_key_alone(bool isOrdered, bool isAscending, string expected)
    {
        var (broker, _, _) = Attached();
        var storage = isOrdered ? Ordered : Persistent;
        foreach (var (key, score) in new[] { ("a", 7), ("b", -3), ("c", 7) }) await PublishAsync(broker, storage, key, "1", new() { Score = score });
        await PublishAsync(broker, storage, "c", "2", new() { Score = 1 });

        var page = await broker.ReadStateAsync(Channel, new MapStateQuery(null, IsAscending: isAscending), storage);

        Assert.Equal(expected, string.Join(' ', page.Entries.Select(static entry => entry.Key)));
    }

    [Fact]
    public async Task Single_entry_is_read_by_its_key()
    {
        var (broker, _, _) = Attached();
        await PublishAsync(broker, Persistent, "x", "1");
        await PublishAsync(broker, Persistent, "y", "2");

        Assert.Equal("2", MapEntries.Text(Assert.Single((await broker.ReadStateAsync(Channel, new MapStateQuery(0, Key: "y"), Persistent)).Entries)));
        Assert.Empty((await broker.ReadStateAsync(Channel, new MapStateQuery(0, Key: "z"), Persistent)).Entries);
    }

    [Theory]
    [InlineData("x")]
    [InlineData(":")]
    [InlineData("one:x")]
    [InlineData("99999999999999999999:x")]
    public async Task Cursor_that_no_page_gave_is_a_bad_request(string cursor)
    {
        var (broker, _, _) = Attached();

        var fault = await Assert.ThrowsAsync<ClientException>(() => broker.ReadStateAsync(Channel, new MapStateQuery(1, cursor), Persistent).AsTask());

        Assert.Equal(ClientErrors.BadRequest.Code, fault.Error.Code);
    }

    [Fact]
    [Guarantee("Atomic change")]
    public void Pages_and_the_stream_after_the_first_make_the_map_whatever_changes_between_them()
    {
        var change = Gen.Select(Gen.Int[0, 9], Gen.Int[-2, 2], Gen.Int[0, 3]);
        Gen.Select(change.Array[0, 30], change.Array[0, 8].Array[0, 12], Gen.Int[1, 4], Gen.Bool, Gen.Bool).Sample(
            (before, between, limit, isOrdered, isAscending) =>
            {
                var (broker, mirror, _) = Attached();
                var storage = isOrdered ? Ordered : Recoverable;
                ApplyAsync(broker, storage, before).Wait();
                Dictionary<string, string> map = new(StringComparer.Ordinal);
                StreamPosition? start = null;
                var cursor = "";
                var step = 0;
                do
                {
                    var page = broker.ReadStateAsync(Channel, new MapStateQuery(limit, cursor, isAscending), storage).AsTask().Result;
                    start ??= page.Position;
                    foreach (var entry in page.Entries) MapMirror.Apply(map, entry);
                    cursor = page.Cursor;
                    if (step < between.Length) ApplyAsync(broker, storage, between[step++]).Wait();
                }
                while (cursor.Length > 0);

                var stream = broker.ReadStreamAsync(Channel, new HistoryQuery(null, start), storage).AsTask().Result;
                foreach (var publication in stream.Publications) MapMirror.Apply(map, publication);
                Assert.Equal(mirror.Map.OrderBy(static entry => entry.Key), map.OrderBy(static entry => entry.Key));
            });
    }

    [Fact]
    [Guarantee("Total order")]
    public void Entries_that_do_not_move_are_on_exactly_one_page()
    {
        Gen.Select(Gen.Int[-3, 3].Array[0, 25], Gen.Int[1, 6], Gen.Bool).Sample((scores, limit, isAscending) =>
        {
            var (broker, _, _) = Attached();
            for (var i = 0; i < scores.Length; i++) PublishAsync(broker, Ordered, $"k{i}", "1", new() { Score = scores[i] }).AsTask().Wait();
            List<string> keys = [];
            var cursor = "";
            do
            {
                var page = broker.ReadStateAsync(Channel, new MapStateQuery(limit, cursor, isAscending), Ordered).AsTask().Result;
                Assert.True(page.Entries.Count <= limit);
                keys.AddRange(page.Entries.Select(static entry => entry.Key!));
                cursor = page.Cursor;
            }
            while (cursor.Length > 0);

            var expected = Enumerable.Range(0, scores.Length)
                .OrderBy(i => scores[i]).ThenBy(i => $"k{i}", StringComparer.Ordinal)
                .Select(static i => $"k{i}");
            Assert.Equal(isAscending ? expected : expected.Reverse(), keys);
        });
    }

    [Fact]
    [Guarantee("Expiry")]
    [Guarantee("Offsets")]
    public void Map_is_what_a_dictionary_model_holds_after_any_changes_and_expiries()
    {
        SkipUnlessDriven();
        var change = Gen.Select(Gen.Int[0, 4], Gen.Int[0, 3], Gen.Int[0, 40]);
        change.Array[0, 60].Sample(changes =>
        {
            var (broker, mirror, time) = Attached();
            Dictionary<string, (string Value, DateTimeOffset Expiry)> model = new(StringComparer.Ordinal);
            var value = 0;
            foreach (var (number, action, seconds) in changes)
            {
                var key = $"k{number}";
                time.Advance(TimeSpan.FromSeconds(seconds));
                foreach (var expired in model.Where(entry => entry.Value.Expiry <= time.GetUtcNow()).Select(static entry => entry.Key).ToArray()) model.Remove(expired);
                if (action == 0)
                {
                    var result = RemoveAsync(broker, Recoverable, key).AsTask().Result;
                    Assert.Equal(model.Remove(key) ? MapSuppression.None : MapSuppression.KeyNotFound, result.Suppression);
                }
                else
                {
                    var text = (++value).ToString(CultureInfo.InvariantCulture);
                    PublishAsync(broker, Recoverable, key, text).AsTask().Wait();
                    model[key] = (text, time.GetUtcNow() + Tick);
                }

                var page = broker.ReadStateAsync(Channel, new MapStateQuery(null, IsAscending: true), Recoverable).AsTask().Result;
                Assert.Equal(
                    model.OrderBy(static entry => entry.Key, StringComparer.Ordinal).Select(static entry => (entry.Key, entry.Value.Value)),
                    page.Entries.Select(static entry => (entry.Key!, MapEntries.Text(entry)!)));
                Assert.Equal(model.Count, mirror.Map.Count);
            }

            Assert.Equal(
                Enumerable.Range(1, mirror.Changes.Count).Select(static offset => (ulong)offset),
                mirror.Changes.Select(static change => change.Change.Offset));
        });
    }

    [Fact]
    [Guarantee("Order")]
    [Guarantee("Offsets")]
    [Guarantee("Flow")]
    public async Task Publishers_on_many_threads_leave_offsets_without_holes_and_the_receiver_gets_them_in_order()
    {
        var (broker, mirror, _) = Attached();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(async () =>
        {
            for (var i = 0; i < 500; i++) await PublishAsync(broker, Persistent, $"k{i % 7}", $"{thread}");
        })));

        Assert.Equal(Enumerable.Range(1, 2000).Select(static offset => (ulong)offset), mirror.Changes.Select(static change => change.Change.Offset));
    }

    [Fact]
    [Guarantee("Blank epoch")]
    public async Task Stream_begins_with_the_epoch_that_was_read_before_its_first_entry()
    {
        var (broker, _, _) = Attached();
        var before = (await broker.ReadStateAsync(Channel, default, Persistent)).Position;

        Assert.Equal(before with { Offset = 1 }, (await PublishAsync(broker, Persistent, "x", "1")).Position);
    }

    [Fact]
    [Guarantee("Reads create nothing")]
    public async Task Reading_and_removing_create_no_state()
    {
        var (broker, _, _) = Attached();
        var before = CountOrSkip(broker);
        for (var i = 0; i < 100; i++)
        {
            await broker.ReadStateAsync($"board:{i}", default, Persistent);
            await broker.ReadStreamAsync($"board:{i}", default, Persistent);
            await broker.CountAsync($"board:{i}", Persistent);
            await RemoveAsync(broker, Persistent, "x");
        }

        Assert.Equal(before, CountOrSkip(broker));
    }

    [Fact]
    [Guarantee("Bounded")]
    public async Task Entry_or_map_beyond_its_bound_is_refused_and_changes_nothing()
    {
        var (broker, mirror, _) = Attached();
        var storage = Persistent with { MaxKeys = 2, RefusesChannels = true, Stream = Persistent.Stream with { Namespace = "board", MaxChannels = 1 } };
        await PublishAsync(broker, storage, "x", "1");
        var before = (await PublishAsync(broker, storage, "y", "1")).Position;

        var entry = await Assert.ThrowsAsync<ClientException>(() => PublishAsync(broker, storage, "z", "1").AsTask());
        var map = await Assert.ThrowsAsync<ClientException>(() => PublishAsync(broker, storage, "x", "1", channel: "board:b").AsTask());

        Assert.Equal([ClientErrors.LimitExceeded.Code, ClientErrors.LimitExceeded.Code], [entry.Error.Code, map.Error.Code]);
        Assert.Equal((2, before), (mirror.Changes.Count, (await broker.ReadStateAsync(Channel, default, storage)).Position));
        Assert.Equal(0, await broker.CountAsync("board:b", storage));
    }

    [Fact]
    [Guarantee("Monotonic time")]
    public async Task Step_of_the_wall_clock_expires_nothing()
    {
        SkipUnlessDriven();
        var time = new SteppedTime();
        var broker = Make(time);
        broker.Attach(new MapMirror());
        await PublishAsync(broker, Recoverable, "x", "1");

        time.Step(TimeSpan.FromDays(60));

        Assert.Equal(1, await broker.CountAsync(Channel, Recoverable));
    }

    [Fact]
    [Guarantee("Subscription order")]
    public async Task Subscribe_and_unsubscribe_take_effect_in_their_order()
    {
        var (broker, mirror, _) = Attached();
        List<Task> calls = [];
        for (var i = 0; i < 10; i++)
        {
            calls.Add(broker.UnsubscribeAsync(Channel).AsTask());
            calls.Add(broker.SubscribeAsync(Channel).AsTask());
        }

        await Task.WhenAll(calls);
        await PublishAsync(broker, Persistent, "x", "1");

        Assert.Single(mirror.Changes);
    }

    [Fact]
    [Guarantee("No blocking")]
    public async Task Subscribe_and_unsubscribe_return_while_a_delivery_of_the_channel_is_held_up()
    {
        var (broker, mirror, _) = Attached();
        using var held = new HeldDelivery();
        mirror.Within = held.Enter;

        await held.ShouldNotHoldUpAsync(
            () => PublishAsync(broker, Persistent, "x", "1").AsTask(),
            () => Task.WhenAll(broker.UnsubscribeAsync(Channel).AsTask(), broker.SubscribeAsync(Channel).AsTask()));
    }

    [Fact]
    [Guarantee("Cancellation")]
    public async Task Call_that_is_cancelled_beforehand_changes_nothing()
    {
        var (broker, mirror, _) = Attached();
        var before = (await PublishAsync(broker, Persistent, "x", "1")).Position;
        var (entry, removal) = (MapEntries.Entry("x", "2"), MapEntries.Removal("x"));

        await ShouldThrowAsync(
            cancelled => broker.PublishAsync(Channel, entry, Persistent, new MapPublishOptions { IdempotencyKey = "k" }, cancelled).AsTask(),
            cancelled => broker.RemoveAsync(Channel, removal, Persistent, "k", cancelled).AsTask(),
            cancelled => broker.ReadStateAsync(Channel, default, Persistent, cancelled).AsTask(),
            cancelled => broker.ReadStreamAsync(Channel, default, Persistent, cancelled).AsTask(),
            cancelled => broker.CountAsync(Channel, Persistent, cancelled).AsTask(),
            cancelled => broker.ClearAsync(Channel, cancelled).AsTask(),
            cancelled => broker.SubscribeAsync("board:b", cancelled).AsTask(),
            cancelled => broker.UnsubscribeAsync(Channel, cancelled).AsTask());

        Assert.Equal(before, (await broker.ReadStateAsync(Channel, default, Persistent)).Position);
        Assert.Equal(MapSuppression.None, (await PublishAsync(broker, Persistent, "x", "3", new() { IdempotencyKey = "k" })).Suppression);
        Assert.Equal((2, 0), (mirror.Changes.Count, mirror.Clears));
    }

    private async Task ApplyAsync(IMapBroker broker, MapStorageOptions storage, (int Key, int Score, int Action)[] changes)
    {
        foreach (var (key, score, action) in changes)
        {
            if (action == 0) await RemoveAsync(broker, storage, $"k{key}");
            else await PublishAsync(broker, storage, $"k{key}", $"{score}/{action}", new() { Score = score });
        }
    }

    private async ValueTask<MapPublishResult> PublishAsync(
        IMapBroker broker, MapStorageOptions storage, string key, string data, MapPublishOptions? options = null, string channel = Channel)
    {
        var result = await broker.PublishAsync(channel, MapEntries.Entry(key, data, options), storage, options ?? MapPublishOptions.None);
        await SettleAsync();
        return result;
    }

    private async ValueTask<MapPublishResult> RemoveAsync(IMapBroker broker, MapStorageOptions storage, string key)
    {
        var result = await broker.RemoveAsync(Channel, MapEntries.Removal(key), storage);
        await SettleAsync();
        return result;
    }

    private (IMapBroker Broker, MapMirror Mirror, FakeTimeProvider Time) Attached()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var broker = Make(time);
        var mirror = new MapMirror();
        broker.Attach(mirror);
        broker.SubscribeAsync(Channel).AsTask().Wait();
        return (broker, mirror, time);
    }
}
