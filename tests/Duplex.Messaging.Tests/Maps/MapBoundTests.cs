using Duplex.Messaging.Brokers;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Publications;
using Microsoft.Extensions.Time.Testing;

namespace Duplex.Messaging.Tests.Maps;

/// <summary>What names and keys cost the maps in memory.</summary>
public sealed class MapBoundTests : IDisposable
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly StreamOptions Stream = new(10, Hour, Hour * 2) { Namespace = "votes", MaxChannels = 3 };
    private static readonly MapStorageOptions Storage = new(TimeSpan.Zero, false, Stream) { MaxKeys = 4, MaxKeysPerClient = 2, RefusesChannels = true };

    private readonly FakeTimeProvider _time = new();
    private readonly CountingReceiver _mirror = new();
    private readonly MemoryMapBroker _broker;

    public MapBoundTests()
    {
        _broker = new MemoryMapBroker(_time);
        _broker.Attach(_mirror);
    }

    [Fact]
    public async Task Reading_or_removing_from_a_map_that_never_had_an_entry_keeps_nothing()
    {
        for (var i = 0; i < 100; i++)
        {
            await _broker.ReadStateAsync($"votes:{i}", default, Storage);
            await _broker.ReadStreamAsync($"votes:{i}", default, Storage);
            await _broker.CountAsync($"votes:{i}", Storage);
            await _broker.RemoveAsync($"votes:{i}", new Publication { Data = default, Key = "x", IsRemoval = true }, Storage);
            await _broker.PublishAsync($"votes:{i}", Entry("x"), Storage, new MapPublishOptions { KeyMode = MapKeyMode.IfExists });
        }

        Assert.Equal(0, _broker.MapCount);
    }

    [Fact]
    public async Task Entry_more_than_the_bound_is_refused_with_106_and_changes_nothing()
    {
        for (var i = 0; i < 4; i++) await PublishAsync("votes:a", $"{i}");

        await ShouldRefuseAsync("votes:a", "4");

        Assert.Equal(4, await _broker.CountAsync("votes:a", Storage));
        Assert.Equal(4, _mirror.Changes);
        await PublishAsync("votes:a", "3");
    }

    [Fact]
    public async Task Client_has_no_more_entries_in_a_map_than_its_share()
    {
        await PublishAsync("votes:a", "1", "ann");
        await PublishAsync("votes:a", "2", "ann");
        await PublishAsync("votes:a", "2", "ann");

        await ShouldRefuseAsync("votes:a", "3", "ann");
        await PublishAsync("votes:a", "3", "bob");
        await ShouldRefuseAsync("votes:a", "3", "ann");

        await PublishAsync("votes:a", "2", "bob");
        await PublishAsync("votes:a", "4", "ann");
        await _broker.RemoveAsync("votes:a", new Publication { Data = default, Key = "1", IsRemoval = true }, Storage);
        await PublishAsync("votes:a", "1", "ann");
    }

    [Fact]
    public async Task Map_more_than_the_bound_takes_the_place_of_an_empty_one_whose_subscribers_start_over()
    {
        for (var i = 0; i < 3; i++) await PublishAsync($"votes:{i}", "x");
        await ShouldRefuseAsync("votes:3", "x");
        await _broker.RemoveAsync("votes:1", new Publication { Data = default, Key = "x", IsRemoval = true }, Storage);
        var before = (await _broker.ReadStreamAsync("votes:1", HistoryQuery.PositionOnly, Storage)).Position;

        await PublishAsync("votes:3", "x");

        Assert.Equal((3, 1), (_broker.MapCount, _mirror.Clears));
        Assert.NotEqual(before.Epoch, (await _broker.ReadStreamAsync("votes:1", HistoryQuery.PositionOnly, Storage)).Position.Epoch);
    }

    [Fact]
    public async Task Map_of_presence_is_made_whatever_the_bound_because_its_clients_bound_it()
    {
        var presence = Storage with { RefusesChannels = false };
        for (var i = 0; i < 5; i++) await _broker.PublishAsync($"votes:{i}", Entry("x"), presence, MapPublishOptions.None);

        Assert.Equal(5, _broker.MapCount);
    }

    [Fact]
    public async Task Map_without_a_stream_is_gone_soon_after_its_last_entry()
    {
        var ephemeral = new MapStorageOptions(TimeSpan.FromSeconds(10), false, Stream with { Size = 0, Ttl = TimeSpan.Zero });
        await _broker.PublishAsync("votes:a", Entry("x"), ephemeral, MapPublishOptions.None);
        await _broker.PublishAsync("votes:b", Entry("x"), ephemeral, MapPublishOptions.None);
        await _broker.RemoveAsync("votes:b", new Publication { Data = default, Key = "x", IsRemoval = true }, ephemeral);

        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(1, _broker.MapCount);

        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(0, _broker.MapCount);
    }

    [Fact]
    public async Task Page_ends_before_the_entry_that_would_take_it_over_its_bytes()
    {
        for (var i = 0; i < 4; i++) await PublishAsync("votes:a", $"{i}", data: new byte[1000]);
        List<string> keys = [];
        List<int> pages = [];
        for (var cursor = ""; pages.Count == 0 || cursor.Length > 0;)
        {
            var page = await _broker.ReadStateAsync("votes:a", new MapStateQuery(100, cursor, IsAscending: true) { MaxBytes = 2500 }, Storage);
            keys.AddRange(page.Entries.Select(static entry => entry.Key!));
            pages.Add(page.Entries.Count);
            cursor = page.Cursor;
        }

        Assert.Equal(["0", "1", "2", "3"], keys);
        Assert.Equal([2, 2], pages);
        Assert.Single((await _broker.ReadStateAsync("votes:a", new MapStateQuery(100) { MaxBytes = 1 }, Storage)).Entries);
    }

    public void Dispose() => _broker.Dispose();

    private static Publication Entry(string key, string? client = null, byte[]? data = null) => new()
    {
        Data = data ?? "1"u8.ToArray(),
        Key = key,
        Info = client is null ? null : new ClientInfo("", client),
    };

    private ValueTask<MapPublishResult> PublishAsync(string channel, string key, string? client = null, byte[]? data = null) =>
        _broker.PublishAsync(channel, Entry(key, client, data), Storage, MapPublishOptions.None);

    private async Task ShouldRefuseAsync(string channel, string key, string? client = null)
    {
        var refused = await Assert.ThrowsAsync<ClientException>(() => PublishAsync(channel, key, client).AsTask());
        Assert.Equal(ClientErrors.LimitExceeded, refused.Error);
    }

    private sealed class CountingReceiver : IMapReceiver
    {
        public int Changes { get; private set; }

        public int Clears { get; private set; }

        public void OnChange(string channel, Publication publication, Publication? previous, string epoch) => Changes++;

        public void OnCleared(string channel) => Clears++;
    }
}
