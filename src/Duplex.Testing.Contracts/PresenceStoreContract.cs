using System.Globalization;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Presence;
using Microsoft.Extensions.Time.Testing;

namespace Duplex.Testing.Contracts;

/// <summary>Verifies the guarantees of <see cref="IPresenceStore"/>.</summary>
public abstract class PresenceStoreContract : StoreContract<IPresenceStore>
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    [Guarantee("Membership")]
    public async Task Client_that_is_added_again_replaces_its_entry()
    {
        var store = Make(_time);
        await store.AddAsync("a", new ClientInfo("ann", "1"), Tick);
        await store.AddAsync("a", new ClientInfo("bob", "1"), Tick);
        await store.AddAsync("a", new ClientInfo("bob", "2"), Tick);
        await store.RemoveAsync("a", "2");
        await store.RemoveAsync("a", "unknown");

        var entry = Assert.Single(await store.ReadAsync("a"));
        Assert.Equal(("1", "bob", "1"), (entry.Key, entry.Value.User, entry.Value.Client));
        Assert.Equal(new PresenceStats(1, 1), await store.CountAsync("a"));
    }

    [Fact]
    [Guarantee("Expiry")]
    public async Task Entry_that_is_not_refreshed_expires()
    {
        var store = Make(_time);
        await store.AddAsync("a", new ClientInfo("ann", "1"), Tick);
        await store.AddAsync("a", new ClientInfo("bob", "2"), Tick);
        await PassAsync(_time, Tick / 2);
        await store.AddAsync("a", new ClientInfo("bob", "2"), Tick);
        await PassAsync(_time, Tick / 2);

        Assert.Equal("bob", Assert.Single(await store.ReadAsync("a")).Value.User);
        Assert.Equal(new PresenceStats(1, 1), await store.CountAsync("a"));
    }

    [Fact]
    [Guarantee("Expiry")]
    public async Task Entry_with_a_shorter_life_expires_before_an_earlier_one()
    {
        var store = Make(_time);
        await store.AddAsync("a", new ClientInfo("ann", "1"), Tick * 3);
        await store.AddAsync("a", new ClientInfo("bob", "2"), Tick);
        await PassAsync(_time, Tick * 2);

        Assert.Equal("ann", Assert.Single(await store.ReadAsync("a")).Value.User);
    }

    [Fact]
    [Guarantee("Isolation")]
    public async Task Channels_are_independent()
    {
        var store = Make(_time);
        await store.AddAsync("a", new ClientInfo("ann", "1"), Tick);
        await store.AddAsync("b", new ClientInfo("bob", "1"), Tick);
        await store.RemoveAsync("a", "1");

        Assert.Empty(await store.ReadAsync("a"));
        Assert.Equal("bob", Assert.Single(await store.ReadAsync("b")).Value.User);
    }

    [Fact]
    [Guarantee("Counting")]
    public async Task Users_are_counted_once_and_anonymous_clients_as_one_user()
    {
        var store = Make(_time);
        foreach (var (user, client) in new[] { ("ann", "1"), ("ann", "2"), ("", "3"), ("", "4") }) await store.AddAsync("a", new ClientInfo(user, client), Tick);

        Assert.Equal(new PresenceStats(4, 2), await store.CountAsync("a"));
        await store.RemoveAsync("a", "2");
        Assert.Equal(new PresenceStats(3, 2), await store.CountAsync("a"));
        Assert.Equal(new PresenceStats(0, 0), await store.CountAsync("b"));
    }

    [Fact]
    [Guarantee("Counting")]
    public async Task Counts_agree_with_the_entries_after_any_changes()
    {
        var store = Make(_time);
        var random = new Random(1);
        for (var i = 0; i < 500; i++)
        {
            var client = random.Next(40);
            var id = client.ToString(CultureInfo.InvariantCulture);
            if (random.Next(3) == 0) await store.RemoveAsync("a", id);
            else await store.AddAsync("a", new ClientInfo($"{client % (1 + random.Next(3))}", id), Tick * (1 + random.Next(3)));
            if (IsDrivenByClock && random.Next(5) == 0) _time.Advance(Tick * random.NextDouble());

            var entries = await store.ReadAsync("a");
            var users = entries.Values.Select(static info => info.User).Distinct().Count();
            Assert.Equal(new PresenceStats(entries.Count, users), await store.CountAsync("a"));
        }
    }

    [Fact]
    [Guarantee("Reads create nothing")]
    public async Task Reading_and_removing_create_no_state()
    {
        var store = Make(_time);
        var before = CountOrSkip(store);
        for (var i = 0; i < 100; i++)
        {
            await store.ReadAsync($"{i}");
            await store.CountAsync($"{i}");
            await store.RemoveAsync($"{i}", "1");
        }

        Assert.Equal(before, CountOrSkip(store));
    }

    [Fact]
    [Guarantee("Bounded")]
    public async Task Expired_entries_of_channels_that_nobody_uses_are_dropped()
    {
        var store = Make(_time);
        var before = CountOrSkip(store);
        for (var i = 0; i < 100; i++) await store.AddAsync($"{i}", new ClientInfo("ann", "1"), Tick);
        Assert.Equal(before + 100, CountOrSkip(store));

        await PassAsync(_time, Tick * 3);

        Assert.Equal(before, CountOrSkip(store));
    }

    [Fact]
    [Guarantee("Monotonic time")]
    public async Task Step_of_the_wall_clock_expires_nothing()
    {
        SkipUnlessDriven();
        var time = new SteppedTime();
        var store = Make(time);
        await store.AddAsync("a", new ClientInfo("ann", "1"), Tick);

        time.Step(TimeSpan.FromDays(1));

        Assert.Equal(new PresenceStats(1, 1), await store.CountAsync("a"));
    }

    [Fact]
    [Guarantee("Order")]
    public async Task Calls_about_one_client_take_effect_in_their_order()
    {
        var store = Make(_time);
        List<Task> calls = [];
        for (var i = 0; i < 20; i++)
        {
            calls.Add(store.AddAsync("a", new ClientInfo("ann", "1"), Tick).AsTask());
            calls.Add(store.RemoveAsync("a", "1").AsTask());
        }

        calls.Add(store.AddAsync("a", new ClientInfo("bob", "1"), Tick).AsTask());
        await Task.WhenAll(calls);

        Assert.Equal("bob", Assert.Single(await store.ReadAsync("a")).Value.User);
    }

    [Fact]
    [Guarantee("Cancellation")]
    public async Task Call_that_is_cancelled_beforehand_changes_nothing()
    {
        var store = Make(_time);
        await store.AddAsync("a", new ClientInfo("ann", "1"), Tick);

        await ShouldThrowAsync(
            cancelled => store.AddAsync("a", new ClientInfo("bob", "2"), Tick, cancelled).AsTask(),
            cancelled => store.RemoveAsync("a", "1", cancelled).AsTask(),
            cancelled => store.ReadAsync("a", cancelled).AsTask(),
            cancelled => store.CountAsync("a", cancelled).AsTask());

        Assert.Equal("ann", Assert.Single(await store.ReadAsync("a")).Value.User);
    }
}
