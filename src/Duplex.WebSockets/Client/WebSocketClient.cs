using Duplex.Execution;
using Duplex.Protocol.Handshake;
using Duplex.Protocol.Messages;
using Duplex.WebSockets.Compression;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Streams;

namespace Duplex.WebSockets.Client;

/// <summary>Represents the client end of a WebSocket connection. Safe from any thread.</summary>
public sealed class WebSocketClient : AsyncConnection, IAsyncDisposable
{
    private readonly StreamConnection _connection;
    private readonly ThreadPoolShard? _ownedShard;
    private Task _run = Task.CompletedTask;

    private WebSocketClient(AwaitedHandler handler, StreamConnection connection, ThreadPoolShard? ownedShard, bool isCompressed)
        : base(handler, connection)
    {
        _connection = connection;
        _ownedShard = ownedShard;
        IsCompressed = isCompressed;
    }

    /// <summary>Whether permessage-deflate was negotiated.</summary>
    public bool IsCompressed { get; }

    /// <summary>Opens a connection. RFC 6455 section 4.1.</summary>
    /// <param name="uri">A <c>ws</c> or <c>wss</c> address without a fragment.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <exception cref="ArgumentException">The address is not legal, or a value of the options is out of range; the message names it.</exception>
    /// <exception cref="WebSocketConnectException">
    /// The connection could not be opened; the exception has the step that failed and the response.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<WebSocketClient> ConnectAsync(
        Uri uri, WebSocketClientOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(uri);
        // RFC 6455 section 3.
        if (!uri.IsAbsoluteUri || (uri.Scheme != Uri.UriSchemeWs && uri.Scheme != Uri.UriSchemeWss) || uri.Fragment.Length > 0)
            throw new ArgumentException("The address must be an absolute ws or wss URI without a fragment.", nameof(uri));
        options ??= WebSocketClientOptions.Default;
        ClientOptionRules.Check(options);

        var (transport, agreement) = await ClientDialer.ConnectAsync(uri, options, cancellationToken).ConfigureAwait(false);
        var client = Create(options, transport, agreement);
        client._run = client.RunAsync(transport);
        return client;
    }

    /// <summary>Drops the connection at once and discards unsent bytes.</summary>
    public void Abort() => _connection.Abort();

    /// <summary>Closes the connection with 1000 if it is still open, and waits for its end.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!Completion.IsCompleted) await CloseAsync().ConfigureAwait(false);
        await _run.ConfigureAwait(false);
    }

    private static WebSocketClient Create(WebSocketClientOptions options, StreamTransport transport, UpgradeAgreement agreement)
    {
        var handler = new AwaitedHandler(options.MaxReceiveQueueBytes);
        var connection = new StreamConnection(
            new ConnectionSetup
            {
                Shard = ClientShards.Take(options, out var ownedShard),
                Handler = handler,
                Options = ClientOptionRules.ForConnection(options),
                Logger = options.Loggers.CreateLogger("Duplex.WebSockets"),
                Role = Role.Client,
                MaskingKeys = options.MaskingKeys ?? new RandomMaskingKeys().Next,
                Subprotocol = agreement.Subprotocol,
                Inflater = agreement.Deflate is { } inflate ? new MessageInflater(Role.Client, inflate) : null,
                Deflater = agreement.Deflate is { } deflate ? new MessageDeflater(Role.Client, deflate, options.Compression!) : null,
            },
            transport);
        return new WebSocketClient(handler, connection, ownedShard, agreement.Deflate is not null);
    }

    private async Task RunAsync(ClientTransport transport)
    {
        await using (transport.ConfigureAwait(false)) await _connection.RunAsync().ConfigureAwait(false);
        await Completion.ConfigureAwait(false);
        _ownedShard?.Dispose();
    }
}
