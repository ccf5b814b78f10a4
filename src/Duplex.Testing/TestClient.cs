using System.Text.Json;
using Duplex.Centrifuge.Session;
using Duplex.Messaging;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Publications;
using Duplex.Testing.Hosting;

namespace Duplex.Testing;

/// <summary>
/// A client without a socket. Commands return when the hub has answered; what the hub says unasked waits in order for
/// <see cref="NextAsync"/> and <see cref="TakePushes"/>. Commands may be given from any thread, one reader at a time.
/// </summary>
/// <remarks>
/// Every command throws <see cref="ClientException"/> when it is answered with an error, <see cref="DisconnectException"/>
/// when the connection ends before the answer, and <see cref="TimeoutException"/> after the host's limit.
/// </remarks>
public sealed class TestClient : IAsyncDisposable
{
    private readonly DuplexTestHost _host;
    private readonly PayloadSerializer _payloads;
    private readonly ClientLink _link;

    internal TestClient(DuplexTestHost host, Hub hub, SettlingShard shard, DialectWire wire)
    {
        _host = host;
        _payloads = hub.Payloads;
        _link = new ClientLink(hub, shard, wire);
    }

    /// <summary>The client's id.</summary>
    public string Id { get; private set; } = "";

    /// <summary>Data that the application gave with the connection, as JSON; empty when it gave none.</summary>
    public ReadOnlyMemory<byte> ConnectData { get; private set; }

    /// <summary>How the connection ended; null while it lasts.</summary>
    public Disconnect? Disconnect => _link.Ended;

    /// <summary>Subscribes to a channel.</summary>
    public async Task<TestSubscription> SubscribeAsync(string channel, TestSubscribeOptions? options = null)
    {
        options ??= new TestSubscribeOptions();
        var reply = await AskAsync("subscribe", json =>
        {
            json.WriteString("channel", channel);
            if (options.Token.Length > 0) json.WriteString("token", options.Token);
            if (options.JoinLeave) json.WriteBoolean("join_leave", true);
            if (options.Recoverable) json.WriteBoolean("recoverable", true);
            WriteData(json, options.Data);
            if (options.Since is not { } since) return;
            json.WriteBoolean("recover", true);
            WritePosition(json, since);
        }).ConfigureAwait(false);
        return MessageReader.ReadSubscription(reply, channel, _payloads);
    }

    /// <summary>Leaves a channel.</summary>
    public Task UnsubscribeAsync(string channel) => AskAsync("unsubscribe", json => json.WriteString("channel", channel));

    /// <summary>Publishes a message: made JSON by its registered type information.</summary>
    public Task PublishAsync(string channel, object message) => AskAsync("publish", json =>
    {
        json.WriteString("channel", channel);
        WriteData(json, message);
    });

    /// <summary>Calls a method and reads the reply's data; null when there is none.</summary>
    public async Task<TResult?> CallAsync<TResult>(string method, object? request = null)
    {
        var reply = await CallAsync(method, request).ConfigureAwait(false);
        return _payloads.Deserialize<TResult>(reply);
    }

    /// <summary>Calls a method and returns the reply's data as JSON; empty when there is none.</summary>
    public async Task<ReadOnlyMemory<byte>> CallAsync(string method, object? request = null)
    {
        var reply = await AskAsync("rpc", json =>
        {
            json.WriteString("method", method);
            WriteData(json, request);
        }).ConfigureAwait(false);
        return MessageReader.Payload(reply, "data");
    }

    /// <summary>Reads who is in a channel, by client id.</summary>
    public async Task<IReadOnlyDictionary<string, ClientInfo>> ReadPresenceAsync(string channel)
    {
        var reply = await AskAsync("presence", json => json.WriteString("channel", channel)).ConfigureAwait(false);
        return reply.GetProperty("presence").EnumerateObject().ToDictionary(one => one.Name, one => MessageReader.ReadInfo(one.Value));
    }

    /// <summary>Reads a channel's history.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="limit">Most publications; negative for as many as the hub gives at once.</param>
    /// <param name="since">Only after this position; null: from the beginning.</param>
    public async Task<IReadOnlyList<TestPush>> ReadHistoryAsync(string channel, int limit = -1, StreamPosition? since = null)
    {
        var reply = await AskAsync("history", json =>
        {
            json.WriteString("channel", channel);
            json.WriteNumber("limit", limit);
            if (since is not { } position) return;
            json.WriteStartObject("since");
            WritePosition(json, position);
            json.WriteEndObject();
        }).ConfigureAwait(false);
        return MessageReader.ReadPublications(reply, channel, _payloads);
    }

    /// <summary>Renews the connection with a new token.</summary>
    public Task RefreshAsync(string token) => AskAsync("refresh", json => json.WriteString("token", token));

    /// <summary>Sends an asynchronous message, which is not answered.</summary>
    public Task SendAsync(object message)
    {
        _link.Say(0, "send", json => WriteData(json, message));
        return _host.SettleAsync();
    }

    /// <summary>The next thing the hub says unasked.</summary>
    /// <exception cref="TimeoutException">Nothing came within the host's limit.</exception>
    public async Task<TestPush> NextAsync()
    {
        try
        {
            return MessageReader.ReadPush(await _link.NextAsync().WaitAsync(_host.Limit).ConfigureAwait(false), _payloads);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The hub sent nothing to the client within {_host.Limit.TotalSeconds} s.");
        }
    }

    /// <summary>The next thing the hub says unasked, which must be a publication in the channel, as a message.</summary>
    /// <exception cref="InvalidOperationException">It is something else.</exception>
    /// <exception cref="TimeoutException">Nothing came within the host's limit.</exception>
    public async Task<T?> NextPublicationAsync<T>(string channel)
    {
        var push = await NextAsync().ConfigureAwait(false);
        return push.Kind == TestPushKind.Publication && push.Channel == channel
            ? push.Read<T>()
            : throw new InvalidOperationException($"A publication in {channel} was expected, and this came: {push}");
    }

    /// <summary>All that the hub has said unasked and nobody has read, without waiting for the hub to settle.</summary>
    public IReadOnlyList<TestPush> TakePushes() => [.. _link.Take().Select(push => MessageReader.ReadPush(push, _payloads))];

    /// <summary>Loses the connection, as a phone does in a tunnel; returns when the hub knows.</summary>
    public Task DropAsync()
    {
        _link.Close();
        return _host.SettleAsync();
    }

    /// <summary>Ends the connection.</summary>
    public async ValueTask DisposeAsync() => await DropAsync().ConfigureAwait(false);

    internal async Task ConnectAsync(TestConnectOptions options)
    {
        _link.AnswersPings = options.AnswersPings;
        var reply = await AskAsync("connect", json =>
        {
            if (options.Token.Length > 0) json.WriteString("token", options.Token);
            WriteData(json, options.Data);
            json.WriteStartObject("subs");
            foreach (var (channel, position) in options.Recover)
            {
                json.WriteStartObject(channel);
                json.WriteBoolean("recover", true);
                WritePosition(json, position);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }).ConfigureAwait(false);
        Id = reply.GetProperty("client").GetString()!;
        ConnectData = MessageReader.Payload(reply, "data");
    }

    private async Task<JsonElement> AskAsync(string command, Action<Utf8JsonWriter> write)
    {
        try
        {
            return await _link.AskAsync(command, write).WaitAsync(_host.Limit).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The hub did not answer {command} within {_host.Limit.TotalSeconds} s.");
        }
    }

    private void WriteData(Utf8JsonWriter json, object? data)
    {
        if (data is null) return;
        json.WritePropertyName("data");
        json.WriteRawValue(_payloads.SerializeObject(data).Span);
    }

    private static void WritePosition(Utf8JsonWriter json, StreamPosition position)
    {
        json.WriteNumber("offset", position.Offset);
        json.WriteString("epoch", position.Epoch);
    }
}
