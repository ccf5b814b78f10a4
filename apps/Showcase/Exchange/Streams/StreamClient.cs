using System.Text.Json;
using Duplex.Execution;
using Duplex.Protocol.Closing;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Messages;
using Showcase.Exchange.PublicData;
using Showcase.Visitors;

namespace Showcase.Exchange.Streams;

/// <summary>
/// A connection that receives market streams. While its line is slow, an event that a later one replaces waits for room and
/// only the latest is sent; events that count one by one are queued, and beyond the limit of the queue the connection ends.
/// Used on its shard.
/// </summary>
/// <param name="directory">The streams.</param>
/// <param name="limits">The limits of a connection.</param>
/// <param name="requests">The allowance of requests.</param>
/// <param name="target">The streams and the form that the address of the connection names.</param>
/// <param name="leave">Leaves the place of the connection.</param>
internal sealed class StreamClient(StreamDirectory directory, StreamOptions limits, Allowance requests, StreamTarget target, Action leave)
    : ShardTimer, IWebSocketHandler
{
    /// <summary>A message of a client.</summary>
    public static readonly Act Request = new("Too many requests");

    private readonly Dictionary<string, MarketStream?> _streams = [];
    private readonly Dictionary<MarketStream, StreamEvent> _waiting = [];
    private WebSocketConnection _connection = null!;
    private bool _isCombined = target.IsCombined;

    public void OnOpen(WebSocketConnection connection)
    {
        _connection = connection;
        foreach (var name in target.Names.Where(directory.IsWellFormed).Take(limits.MaxStreams)) Subscribe(name);
        connection.Shard.Schedule(this, limits.MaxAge);
    }

    public void OnMessage(WebSocketConnection connection, in WebSocketMessage message)
    {
        if (!requests.TryTake(Request, 1, out _)) connection.Close(CloseCode.PolicyViolation, "Too many requests");
        else if (StreamRequest.TryParse(message.Payload, directory.IsWellFormed, limits.MaxStreams, out var request, out var error)) Execute(request!);
        else Refuse(error);
    }

    public void OnWritable(WebSocketConnection connection)
    {
        while (_waiting.Count > 0 && connection.IsWritable)
        {
            var (stream, waiting) = _waiting.First();
            _waiting.Remove(stream);
            Send(waiting);
            waiting.Release();
        }
    }

    public void OnStopping(WebSocketConnection connection)
    {
        var notice = StreamPayloads.Shutdown(connection.Shard.Time.GetUtcNow().ToUnixTimeMilliseconds());
        Write(_isCombined ? StreamPayloads.Combined("!serverShutdown", notice) : notice);
        connection.Close(CloseCode.GoingAway, "The server stops");
    }

    public void OnClosed(WebSocketConnection connection, in ConnectionEnd end)
    {
        connection.Shard.Cancel(this);
        foreach (var stream in _streams.Values) stream?.Remove(this, connection.Shard);
        foreach (var waiting in _waiting.Values) waiting.Release();
        _waiting.Clear();
        leave();
    }

    /// <summary>Sends an event, or keeps it until the line has room when a later event may replace it.</summary>
    public void Offer(StreamEvent published)
    {
        if (_waiting.Remove(published.Stream, out var replaced)) replaced.Release();
        if (published.IsConflated && !_connection.IsWritable)
        {
            published.Retain();
            _waiting.Add(published.Stream, published);
        }
        else
        {
            Send(published);
        }
    }

    protected override void OnDue() => _connection.Close(CloseCode.GoingAway, "The connection has reached its maximum age");

    private void Execute(StreamRequest request)
    {
        switch (request.Method)
        {
            case "SUBSCRIBE":
                if (_streams.Keys.Union(request.Names).Count() > limits.MaxStreams)
                {
                    Refuse(new StreamError(2, $"Invalid request: too many streams, at most {limits.MaxStreams}.", request.Id));
                    return;
                }

                foreach (var name in request.Names) Subscribe(name);
                Reply(request.Id, static json => json.WriteNullValue());
                break;
            case "UNSUBSCRIBE":
                foreach (var name in request.Names) Unsubscribe(name);
                Reply(request.Id, static json => json.WriteNullValue());
                break;
            case "LIST_SUBSCRIPTIONS":
                Reply(request.Id, WriteNames);
                break;
            case "SET_PROPERTY":
                _isCombined = request.IsCombined;
                Reply(request.Id, static json => json.WriteNullValue());
                break;
            default:
                Reply(request.Id, json => json.WriteBooleanValue(_isCombined));
                break;
        }
    }

    private void Subscribe(string name)
    {
        if (_streams.ContainsKey(name)) return;
        var stream = directory.Find(name);
        _streams.Add(name, stream);
        stream?.Add(this, _connection.Shard);
    }

    private void Unsubscribe(string name)
    {
        if (!_streams.Remove(name, out var stream) || stream is null) return;
        stream.Remove(this, _connection.Shard);
        if (_waiting.Remove(stream, out var waiting)) waiting.Release();
    }

    private void WriteNames(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var name in _streams.Keys) json.WriteStringValue(name);
        json.WriteEndArray();
    }

    private void Send(StreamEvent published) => _connection.Send(published.FrameOf(_isCombined, target.IsMicroseconds));

    private void Reply(string id, Action<Utf8JsonWriter> result) => Write((json, _) =>
    {
        json.WriteStartObject();
        json.WritePropertyName("result");
        result(json);
        json.WritePropertyName("id");
        json.WriteRawValue(id);
        json.WriteEndObject();
    });

    private void Refuse(StreamError error) => Write((json, _) =>
    {
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteNumber("code", error.Code);
        json.WriteString("msg", error.Message);
        json.WriteEndObject();
        json.WritePropertyName("id");
        json.WriteRawValue(error.Id);
        json.WriteEndObject();
    });

    private void Write(PublicValue value) =>
        _connection.Send(PublicJson.Encode(value, target.IsMicroseconds ? PublicJson.Microseconds : 1).Span, MessageType.Text);
}
