using Duplex.Centrifuge.Codecs;
using Duplex.Centrifuge.Json;
using Duplex.Centrifuge.Session;
using Duplex.Messaging;
using Duplex.Testing.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Duplex.Testing;

/// <summary>
/// Runs an application with its hub, handlers and hosted services for a test. Nothing listens: clients are objects
/// (<see cref="ConnectAsync(string)"/>) that speak the protocol to the hub directly. Time stands still until the
/// test moves it. Safe from any thread.
/// </summary>
public sealed class DuplexTestHost : IAsyncDisposable
{
    // Timers that timers set must see their moments too.
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    private readonly WebApplication _application;
    private readonly Hub _hub;
    private readonly SettlingShard _shard;
    private readonly DialectWire _wire = new(new JsonCodec(PushEnvelope.Reply), new TextFraming());

    private DuplexTestHost(WebApplication application, FakeTimeProvider time)
    {
        _application = application;
        _hub = application.Services.GetRequiredService<Hub>();
        _shard = new SettlingShard(time);
        Time = time;
    }

    /// <summary>Longest real time a client waits for an answer or a push before its test fails. Default 10 s.</summary>
    public TimeSpan Limit { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The clock of the application; to be moved by <see cref="AdvanceAsync"/>, which lets the hub keep up.</summary>
    public FakeTimeProvider Time { get; }

    /// <summary>The hub, to act as the server.</summary>
    public IHub Hub => _hub;

    /// <summary>The application's services.</summary>
    public IServiceProvider Services => _application.Services;

    /// <summary>Builds and starts an application. It logs nowhere unless <paramref name="configure"/> adds a provider.</summary>
    /// <param name="configure">Registers services, as the application's start does: <c>builder.Services.AddDuplex()</c> among them.</param>
    /// <param name="map">Maps handlers, as the application's start does.</param>
    /// <param name="now">Where the clock starts; by default 2030-01-01 UTC.</param>
    public static async Task<DuplexTestHost> StartAsync(
        Action<WebApplicationBuilder> configure, Action<WebApplication> map, DateTimeOffset? now = null)
    {
        ArgumentNullException.ThrowIfNull(configure);
        ArgumentNullException.ThrowIfNull(map);
        var time = new FakeTimeProvider(now ?? new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseServer(new SocketlessServer());
        builder.Services.AddSingleton<TimeProvider>(time);
        configure(builder);
        TestTokens.AddTo(builder.Services);
        var application = builder.Build();
        try
        {
            map(application);
            await application.StartAsync().ConfigureAwait(false);
            return new DuplexTestHost(application, time);
        }
        catch
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Connects a client as a user whose token is beyond doubt; with an empty name, as one who has a token without a user.</summary>
    /// <exception cref="Messaging.Errors.ClientException">The application refused the client with an error.</exception>
    /// <exception cref="Messaging.Errors.DisconnectException">The hub or the application closed the connection.</exception>
    public Task<TestClient> ConnectAsync(string user) => ConnectAsync(new TestConnectOptions { Token = TestTokens.For(user) });

    /// <summary>Connects a client, by default without a token and without data.</summary>
    /// <inheritdoc cref="ConnectAsync(string)"/>
    public async Task<TestClient> ConnectAsync(TestConnectOptions? options = null)
    {
        var client = new TestClient(this, _hub, _shard, _wire);
        await client.ConnectAsync(options ?? new TestConnectOptions()).ConfigureAwait(false);
        return client;
    }

    /// <summary>Moves the clock, in steps of at most a second, and lets the hub do what is due at each.</summary>
    public async Task AdvanceAsync(TimeSpan time)
    {
        for (var left = time; left > TimeSpan.Zero; left -= Step)
        {
            Time.Advance(left < Step ? left : Step);
            await SettleAsync().ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Waits until the hub has nothing to do: what was published has reached the clients, unless a handler waits
    /// for something that is not the hub's.
    /// </summary>
    public Task SettleAsync() => _shard.WhenIdleAsync();

    /// <summary>Stops the application as a host does: clients are closed with 3001 first.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync().ConfigureAwait(false);
        await SettleAsync().ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
    }
}
