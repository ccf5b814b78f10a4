using Duplex.Messaging.Clients;
using Duplex.Messaging.Presence;
using Duplex.Messaging.Tests.Brokers;
using Microsoft.Extensions.Time.Testing;

namespace Duplex.Messaging.Tests.Presence;

public sealed class MemoryPresenceStoreTests
{
    private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(60);
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Entry_that_nobody_refreshes_is_gone_after_its_time()
    {
        var store = new MemoryPresenceStore(_time);
        await store.AddAsync("a", new ClientInfo("ann", "1"), Ttl);
        await store.AddAsync("a", new ClientInfo("bob", "2"), Ttl);
        _time.Advance(Ttl / 2);
        await store.AddAsync("a", new ClientInfo("bob", "2"), Ttl);
        _time.Advance(Ttl / 2);

        Assert.Equal("bob", Assert.Single(await store.ReadAsync("a")).Value.User);
        Assert.Equal(new PresenceStats(1, 1), await store.CountAsync("a"));
    }

    [Fact]
    public async Task Clients_are_counted_each_and_users_once_the_anonymous_ones_together()
    {
        var store = new MemoryPresenceStore(_time);
        foreach (var (user, client) in new[] { ("ann", "1"), ("ann", "2"), ("", "3"), ("", "4") }) await store.AddAsync("a", new ClientInfo(user, client), Ttl);
        await store.RemoveAsync("a", "2");
        await store.RemoveAsync("a", "unknown");

        Assert.Equal(new PresenceStats(3, 2), await store.CountAsync("a"));
        Assert.Equal(new PresenceStats(0, 0), await store.CountAsync("b"));
    }

    [Fact]
    public async Task Entry_outlives_a_jump_of_the_wall_clock()
    {
        var time = new JumpingTime();
        var store = new MemoryPresenceStore(time);
        await store.AddAsync("a", new ClientInfo("ann", "1"), Ttl);

        time.Jump(TimeSpan.FromDays(1));

        Assert.Equal(new PresenceStats(1, 1), await store.CountAsync("a"));
    }

    [Fact]
    public async Task Counts_are_those_of_the_entries_whatever_came_and_went()
    {
        var store = new MemoryPresenceStore(_time);
        var random = new Random(1);
        for (var i = 0; i < 2000; i++)
        {
            var client = random.Next(40);
            if (random.Next(3) == 0) await store.RemoveAsync("a", $"{client}");
            else await store.AddAsync("a", new ClientInfo($"{client % (1 + random.Next(3))}", $"{client}"), TimeSpan.FromSeconds(1 + random.Next(3)));
            if (random.Next(5) == 0) _time.Advance(TimeSpan.FromMilliseconds(random.Next(500)));

            var entries = await store.ReadAsync("a");
            Assert.Equal(new PresenceStats(entries.Count, entries.Values.Select(static info => info.User).Distinct().Count()), await store.CountAsync("a"));
        }
    }
}
