using System.Text.Json;
using Duplex.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Showcase.Applications;
using Showcase.News;
using Showcase.News.Feeds;
using Showcase.News.Stories;
using Showcase.Tests.Visitors;

namespace Showcase.Tests.News;

/// <summary>The wire without a socket, at a time of the test's choice, over a folder that outlives it.</summary>
internal sealed class NewsHost : IAsyncDisposable
{
    private readonly DuplexTestHost _host;

    private NewsHost(DuplexTestHost host) => _host = host;

    public long Now => _host.Time.GetUtcNow().ToUnixTimeMilliseconds();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<NewsHost> StartAsync(string folder, DateTimeOffset? now = null, IReadOnlyList<FeedSource>? sources = null)
    {
        var host = await DuplexTestHost.StartAsync(
            builder =>
            {
                builder.Services.AddSingleton<Announcements>();
                builder.Services.AddDuplex().AddNews(folder, feeds: null);

                // A request takes real time, however fast the test's clock runs.
                builder.Services.AddSingleton(static services => new FeedClient(services.GetRequiredService<IOptions<NewsOptions>>(), TimeProvider.System));
                if (sources is not null) builder.Services.AddSingleton(sources);
            },
            static app =>
            {
                var hub = app.MapDuplex();
                hub.AdmitVisitors();
                hub.MapNews();
            },
            now);
        host.Limit = TimeSpan.FromMinutes(1);
        return new(host);
    }

    public static FeedSource SourceAt(Uri address) => new("feed-1", "The feed", "science", address);

    public Task<TestClient> ConnectAsync(string user) => _host.ConnectAsync(user);

    public Task AdvanceAsync(TimeSpan time) => _host.AdvanceAsync(time);

    /// <summary>Requests a feed, and returns the entry of its source and the time of its next request.</summary>
    public async Task<(SourceEntry Entry, long Next)> RequestAsync(FeedSource source)
    {
        var next = await _host.Services.GetRequiredService<Fetcher>().RequestAsync(source, Token);
        return (await EntryAsync(source), next);
    }

    /// <summary>Lets time pass until the loop has requested a feed, at the earliest at a time.</summary>
    public async Task RequestedAfterAsync(long time, FeedSource source, TimeSpan? step = null)
    {
        while ((await EntryAsync(source)).Checked is not { } at || at < time)
        {
            Token.ThrowIfCancellationRequested();
            await AdvanceAsync(step ?? TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>Waits until the loop has made the request of a feed that was due at a time.</summary>
    public async Task RequestedBeforeAsync(long time, FeedSource source)
    {
        while ((await EntryAsync(source)).Next < time)
        {
            Token.ThrowIfCancellationRequested();
            await AdvanceAsync(TimeSpan.Zero);
        }
    }

    /// <summary>Returns the entry of a source in the list of sources.</summary>
    public async Task<SourceEntry> EntryAsync(FeedSource source)
    {
        var page = await _host.Hub.Maps.ReadStateAsync(Fetcher.Sources, cancellationToken: Token);
        return JsonSerializer.Deserialize(page.Entries.Single(entry => entry.Key == source.Id).Data.Span, NewsJson.Default.SourceEntry)!;
    }

    /// <summary>Waits until what was published has arrived.</summary>
    public Task SettleAsync() => _host.SettleAsync();

    /// <summary>Returns the stories of a source, newest first.</summary>
    public async Task<IReadOnlyList<Story>> StoriesAsync(string source)
    {
        var store = _host.Services.GetRequiredService<StoryStore>();
        using var turn = await store.Turns.TakeAsync(Token);
        return [.. store.Page(Choice.Everything, long.MaxValue, 0, 1000).Where(story => story.Source == source)];
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
