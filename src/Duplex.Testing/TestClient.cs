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
/// A client without a socket. A command completes when the hub replies; pushes are queued in order for
/// <see cref="NextAsync"/> and <see cref="TakePushes"/>. Commands are safe from any thread; pushes have one reader at a time.
/// </summary>
/// <remarks>
/// Every command throws <see cref="ClientException"/> when the reply is an error, <see cref="DisconnectException"/>
/// when the connection ends before the reply, and <see cref="TimeoutException"/> after the host's limit.
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

    /// <summary>The data of the application's connect reply, as JSON; empty when there is none.</summary>
    public ReadOnlyMemory<byte> ConnectData { get; private set; }

    /// <summary>The disconnect that ended the connection; null while it is open.</summary>
    public Disconnect? Disconnect => _link.Ended;

    /// <summary>Subscribes to a channel.</summary>
    public async Task<TestSubscription> SubscribeAsync(string channel, TestSubscribeOptions? options = null)
    {
        options ??= new TestSubscribeOptions();
        var reply = await RequestAsync("subscribe", json =>
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

    /// <summary>Unsubscribes from a channel.</summary>
    public Task UnsubscribeAsync(string channel) => RequestAsync("unsubscribe", json => json.WriteString("channel", channel));

    /// <summary>Publishes a message, serialized to JSON by its registered type information.</summary>
    public Task PublishAsync(string channel, object message) => RequestAsync("publish", json =>
    {
        json.WriteString("channel", channel);
        WriteData(json, message);
    });

    /// <summary>Calls a method and returns the reply's data as a <typeparamref name="TResult"/>; null when there is none.</summary>
    public async Task<TResult?> CallAsync<TResult>(string method, object? request = null)
    {
        var reply = await CallAsync(method, request).ConfigureAwait(false);
        return _payloads.Deserialize<TResult>(reply);
    }

    /// <summary>Calls a method and returns the reply's data as JSON; empty when there is none.</summary>
    public async Task<ReadOnlyMemory<byte>> CallAsync(string method, object? request = null)
    {
        var reply = await RequestAsync("rpc", json =>
        {
            json.WriteString("method", method);
            WriteData(json, request);
        }).ConfigureAwait(false);
        return MessageReader.Payload(reply, "data");
    }

    /// <summary>Reads the presence of a channel, by client id.</summary>
    public async Task<IReadOnlyDictionary<string, ClientInfo>> ReadPresenceAsync(string channel)
    {
        var reply = await RequestAsync("presence", json => json.WriteString("channel", channel)).ConfigureAwait(false);
        return reply.GetProperty("presence").EnumerateObject().ToDictionary(one => one.Name, one => MessageReader.ReadInfo(one.Value));
    }

    /// <summary>Reads a channel's history.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="limit">The maximum number of publications; negative for as many as the hub returns at once.</param>
    /// <param name="since">The position after which publications are returned; null: from the beginning.</param>
    public async Task<IReadOnlyList<TestPush>> ReadHistoryAsync(string channel, int limit = -1, StreamPosition? since = null)
    {
        var reply = await RequestAsync("history", json =>
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
    public Task RefreshAsync(string token) => RequestAsync("refresh", json => json.WriteString("token", token));

    /// <summary>Sends an asynchronous message, to which the hub does not reply.</summary>
    public Task SendAsync(object message)
    {
        _link.SendCommand(0, "send", json => WriteData(json, message));
        return _host.SettleAsync();
    }

    /// <summary>Returns the next push.</summary>
    /// <exception cref="TimeoutException">No push arrived within the host's limit.</exception>
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

    /// <summary>Returns the next push, which must be a publication in the channel, as a message.</summary>
    /// <exception cref="InvalidOperationException">The push is not a publication in the channel.</exception>
    /// <exception cref="TimeoutException">No push arrived within the host's limit.</exception>
    public async Task<T?> NextPublicationAsync<T>(string channel)
    {
        var push = await NextAsync().ConfigureAwait(false);
        return push.Kind == TestPushKind.Publication && push.Channel == channel
            ? push.Read<T>()
            : throw new InvalidOperationException($"A publication in {channel} was expected, but the push is: {push}");
    }

    /// <summary>Removes and returns all unread pushes, without waiting until the hub is idle.</summary>
    public IReadOnlyList<TestPush> TakePushes() => [.. _link.Take().Select(push => MessageReader.ReadPush(push, _payloads))];

    /// <summary>Drops the connection without a close, as a network failure does; the task completes when the hub has processed the loss.</summary>
    public Task DropAsync()
    {
        _link.Close();
        return _host.SettleAsync();
    }

    /// <summary>Drops the connection.</summary>
    public async ValueTask DisposeAsync() => await DropAsync().ConfigureAwait(false);

    internal async Task ConnectAsync(TestConnectOptions options)
    {
        _link.AnswersPings = options.AnswersPings;
        var reply = await RequestAsync("connect", json =>
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

    private async Task<JsonElement> RequestAsync(string command, Action<Utf8JsonWriter> write)
    {
        try
        {
            return await _link.RequestAsync(command, write).WaitAsync(_host.Limit).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The hub did not reply to {command} within {_host.Limit.TotalSeconds} s.");
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
