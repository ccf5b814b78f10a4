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
/// Runs an application with its hub, handlers and hosted services in a test. The host opens no port: clients are objects
/// (<see cref="ConnectAsync(string)"/>) that exchange protocol messages with the hub directly. Time advances only when
/// the test advances it. Safe from any thread.
/// </summary>
public sealed class DuplexTestHost : IAsyncDisposable
{
    // The clock advances in steps, so that timers that other timers schedule fire at their own times.
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

    /// <summary>The maximum real time that a client waits for a reply or a push before it throws a <see cref="TimeoutException"/>. Default 10 s.</summary>
    public TimeSpan Limit { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The clock of the application. <see cref="AdvanceAsync"/> advances it and waits for the hub.</summary>
    public FakeTimeProvider Time { get; }

    /// <summary>The hub, through which a test acts as the server.</summary>
    public IHub Hub => _hub;

    /// <summary>The application's services.</summary>
    public IServiceProvider Services => _application.Services;

    /// <summary>Builds and starts an application. It has no logging provider unless <paramref name="configure"/> adds one.</summary>
    /// <param name="configure">Registers services as the application's startup does, including <c>builder.Services.AddDuplex()</c>.</param>
    /// <param name="map">Maps handlers as the application's startup does.</param>
    /// <param name="now">The initial time of the clock. Default: 2030-01-01 UTC.</param>
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

    /// <summary>Connects a client with a token that is always valid for the user. An empty name yields a token without a user.</summary>
    /// <exception cref="Messaging.Errors.ClientException">The application refused the client with an error.</exception>
    /// <exception cref="Messaging.Errors.DisconnectException">The hub or the application closed the connection.</exception>
    public Task<TestClient> ConnectAsync(string user) => ConnectAsync(new TestConnectOptions { Token = TestTokens.For(user) });

    /// <summary>Connects a client, by default without a token and data.</summary>
    /// <inheritdoc cref="ConnectAsync(string)"/>
    public async Task<TestClient> ConnectAsync(TestConnectOptions? options = null)
    {
        var client = new TestClient(this, _hub, _shard, _wire);
        await client.ConnectAsync(options ?? new TestConnectOptions()).ConfigureAwait(false);
        return client;
    }

    /// <summary>Advances the clock in steps of at most 1 s, and after each waits until the hub is idle.</summary>
    public async Task AdvanceAsync(TimeSpan time)
    {
        for (var left = time; left > TimeSpan.Zero; left -= Step)
        {
            Time.Advance(left < Step ? left : Step);
            await SettleAsync().ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Waits until the hub is idle: publications have been delivered to the clients, unless a handler awaits work
    /// outside the hub.
    /// </summary>
    public Task SettleAsync() => _shard.WhenIdleAsync();

    /// <summary>Stops the application as a host does: it first closes the clients with 3001.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync().ConfigureAwait(false);
        await SettleAsync().ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
    }
}
