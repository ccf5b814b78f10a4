using System.Runtime.CompilerServices;
using System.Text;
using Duplex.Protocol.Closing;
using Duplex.Protocol.Messages;
using Duplex.WebSockets.Compression;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Messages;
using Duplex.WebSockets.Streams;

namespace Duplex.WebSockets.Client;

/// <summary>
/// A WebSocket opened by us. Whole messages; cancelling a wait leaves the connection as it is; a normal close ends
/// the loop over <see cref="ReadAllAsync"/> without an exception. Safe from any thread.
/// </summary>
public sealed class WebSocketClient : IAsyncDisposable
{
    private readonly ClientHandler _handler;
    private readonly StreamConnection _connection;
    private readonly ThreadPoolOwner? _ownedOwner;
    private Task _run = Task.CompletedTask;

    private WebSocketClient(WebSocketClientOptions options, StreamTransport transport, Duplex.Protocol.Handshake.UpgradeAgreement agreement)
    {
        _handler = new ClientHandler(options.ReceiveQueueBytes);
        var compression = options.Connection.Compression;
        _connection = new StreamConnection(
            new ConnectionSetup
            {
                Owner = ClientOwners.Take(options, out _ownedOwner),
                Handler = _handler,
                // Sends wait for room, so the queue holds one message above the high-water mark at most.
                Options = options.Connection with { SendLimitBytes = int.MaxValue },
                Logger = options.Loggers.CreateLogger("Duplex.WebSockets"),
                Role = Role.Client,
                MaskingKeys = options.MaskingKeys ?? new RandomMaskingKeys().Next,
                Subprotocol = agreement.Subprotocol,
                Inflater = agreement.Deflate is { } inflate ? new MessageInflater(Role.Client, inflate) : null,
                Deflater = agreement.Deflate is { } deflate ? new MessageDeflater(Role.Client, deflate, compression!) : null,
            },
            transport);
        IsCompressed = agreement.Deflate is not null;
    }

    /// <summary>The subprotocol agreed on, or null.</summary>
    public string? Subprotocol => _connection.Subprotocol;

    /// <summary>Whether permessage-deflate was agreed on.</summary>
    public bool IsCompressed { get; }

    /// <summary>Time between the last ping and its pong; null before the first pong. Pings go out by themselves.</summary>
    public TimeSpan? RoundTripTime => _connection.RoundTripTime;

    /// <summary>Completes when the connection has ended, with how. Never faults.</summary>
    public Task<ConnectionEnd> Completion => _handler.Completion;

    internal long QueuedReceiveBytes => _handler.QueuedBytes;

    internal ClientHandler Handler => _handler;

    internal StreamConnection Connection => _connection;

    /// <summary>Connects. RFC 6455 section 4.1.</summary>
    /// <param name="uri">A <c>ws</c> or <c>wss</c> address without a fragment.</param>
    /// <param name="options">How, or null for the defaults.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The address, or a header or subprotocol of the options, is not legal.</exception>
    /// <exception cref="WebSocketConnectException">It failed; the exception says at which step, and what was answered.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<WebSocketClient> ConnectAsync(
        Uri uri, WebSocketClientOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(uri);
        // RFC 6455 section 3.
        if (!uri.IsAbsoluteUri || (uri.Scheme != Uri.UriSchemeWs && uri.Scheme != Uri.UriSchemeWss) || uri.Fragment.Length > 0)
            throw new ArgumentException("A ws or wss address without a fragment is needed.", nameof(uri));
        options ??= WebSocketClientOptions.Default;
        UpgradeRequestWriter.Check(options);
        if (options.Proxy is { } proxy && proxy.Scheme != Uri.UriSchemeHttp)
            throw new ArgumentException("The proxy's address begins with http://.", nameof(options));

        var (transport, agreement) = await ClientConnector.ConnectAsync(uri, options, cancellationToken).ConfigureAwait(false);
        var client = new WebSocketClient(options, transport, agreement);
        client._run = client.RunAsync(transport);
        return client;
    }

    /// <summary>
    /// The messages as they arrive, to the end of the connection. Several readers share them. Ends without an
    /// exception when either side closed normally: we did, or the peer did with 1000, 1001 or no code.
    /// </summary>
    /// <param name="cancellationToken">Ends this wait, not the connection; reading can be taken up again.</param>
    /// <exception cref="WebSocketClosedException">The connection ended in another way.</exception>
    public async IAsyncEnumerable<ReceivedMessage> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (await _handler.Inbox.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            while (_handler.Inbox.TryRead(out var message))
            {
                _handler.OnTaken(message);
                yield return message;
            }
        }

        _handler.ThrowIfAbnormal(await Completion.ConfigureAwait(false));
    }

    /// <summary>Sends one message. Completes when it is queued; while the queue is above its high-water mark it waits for room.</summary>
    /// <param name="payload">The message; must not change before the task completes. Text must be UTF-8.</param>
    /// <param name="type">Text or binary.</param>
    /// <param name="cancellationToken">Ends the wait: the message is then not sent. The connection is left as it is.</param>
    /// <exception cref="WebSocketClosedException">The connection has ended.</exception>
    public ValueTask SendAsync(ReadOnlyMemory<byte> payload, MessageType type, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
        var operation = new SendOperation(_handler, payload, type, cancellationToken);
        _connection.Owner.Post(operation);
        return new ValueTask(operation.Task);
    }

    /// <summary>Sends one text message.</summary>
    /// <inheritdoc cref="SendAsync(ReadOnlyMemory{byte}, MessageType, CancellationToken)"/>
    public ValueTask SendAsync(string text, CancellationToken cancellationToken = default) =>
        SendAsync(Encoding.UTF8.GetBytes(text), MessageType.Text, cancellationToken);

    /// <summary>
    /// Starts the close handshake, after what is queued, and waits for the connection's end: within the close
    /// time-out it comes. Messages received before can still be read. RFC 6455 section 7.1.2.
    /// </summary>
    /// <param name="code">1000, 3000 to 4999, or another code that may be sent.</param>
    /// <param name="reason">At most 123 bytes of UTF-8; longer text is cut at a character boundary.</param>
    /// <param name="cancellationToken">Ends the wait; the connection is closed all the same.</param>
    /// <returns>How the connection ended, the peer's code and reason included.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The code must not be sent.</exception>
    public Task<ConnectionEnd> CloseAsync(
        CloseCode code = CloseCode.NormalClosure, string reason = "", CancellationToken cancellationToken = default)
    {
        if (!CloseCodes.IsLegal((ushort)code)) throw new ArgumentOutOfRangeException(nameof(code), code, "This code must not be sent.");
        ArgumentNullException.ThrowIfNull(reason);
        _connection.Owner.Post(new CloseWork(_handler, code, reason));
        return Completion.WaitAsync(cancellationToken);
    }

    /// <summary>Drops the connection at once, unsent bytes included.</summary>
    public void Abort() => _connection.Abort();

    /// <summary>Closes with 1000 if the connection is still open, and waits for its end.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!Completion.IsCompleted) await CloseAsync().ConfigureAwait(false);
        await _run.ConfigureAwait(false);
    }

    private async Task RunAsync(ClientTransport transport)
    {
        await using (transport.ConfigureAwait(false)) await _connection.RunAsync().ConfigureAwait(false);
        await Completion.ConfigureAwait(false);
        _ownedOwner?.Dispose();
    }
}
