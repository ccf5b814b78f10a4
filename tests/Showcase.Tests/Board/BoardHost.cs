using System.Text.Json.Serialization;
using Duplex.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Showcase.Board;
using Showcase.Board.Market;
using Showcase.Tests.Visitors;

namespace Showcase.Tests.Board;

/// <summary>The board without a socket, at a time of the test's choice, over a folder that outlives it.</summary>
internal sealed class BoardHost : IAsyncDisposable
{
    private readonly DuplexTestHost _host;

    private BoardHost(DuplexTestHost host) => _host = host;

    public Quotes Quotes { get; } = new(1);

    public long Now => _host.Time.GetUtcNow().ToUnixTimeMilliseconds();

    private QuoteFeed Feed => _host.Services.GetRequiredService<QuoteFeed>();

    public static async Task<BoardHost> StartAsync(string folder, DateTimeOffset? now = null)
    {
        var host = await StartHostAsync(folder, now);
        host.Limit = TimeSpan.FromMinutes(1);
        return new(host);
    }

    private static Task<DuplexTestHost> StartHostAsync(string folder, DateTimeOffset? now) => DuplexTestHost.StartAsync(
        builder =>
        {
            builder.Services.AddDuplex().AddBoard(folder).AddJsonContext(TestJson.Default);

            // A test stops the feed alone, which a host takes for a fault of the service.
            builder.Services.Configure<HostOptions>(static options => options.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore);
        },
        static app =>
        {
            var hub = app.MapDuplex();
            hub.AdmitVisitors();
            hub.MapBoard();
        },
        now);

    public Task<TestClient> ConnectAsync(string user) => _host.ConnectAsync(user);

    /// <summary>Subscribes to a user's own lists and alerts.</summary>
    public static async Task<WatchData> WatchAsync(TestClient client, string user) =>
        (await client.SubscribeAsync(BoardEndpoints.WatchChannelOf(user))).Read<WatchData>()!;

    public Task AdvanceAsync(TimeSpan time) => _host.AdvanceAsync(time);

    /// <summary>Returns the table of the server at this moment.</summary>
    public Dictionary<string, Quote> Table() =>
        Universe.All.ToDictionary(static instrument => instrument.Symbol, instrument => Quotes.Latest(instrument, Now));

    /// <summary>Lets time pass until the feed has noticed that nobody watches.</summary>
    public async Task FallAsleepAsync()
    {
        while (Feed.IsAwake) await AdvanceAsync(TimeSpan.FromSeconds(1));
    }

    /// <summary>Stops the feed between two of its ticks.</summary>
    public Task StopFeedAsync() => Feed.StopAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}

/// <summary>The data of a subscription with a pace, as a page sends it.</summary>
internal sealed record PacedData([property: JsonPropertyName("pace")] PaceChoice Pace);

/// <summary>A pace that sends the latest quote of each instrument.</summary>
internal sealed record PaceChoice([property: JsonPropertyName("delay_ms")] int Delay, [property: JsonPropertyName("latest")] bool Latest = true);

[JsonSerializable(typeof(PacedData))]
internal sealed partial class TestJson : JsonSerializerContext;
