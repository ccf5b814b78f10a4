using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Duplex.Centrifuge.Session;
using Duplex.Execution;
using Duplex.Messaging;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Transports;

namespace Duplex.Testing.Hosting;

/// <summary>The connection of a test client: delivers commands to its session, completes pending commands with their replies, and queues pushes.</summary>
internal sealed class ClientLink : IClientTransport
{
    private const string Pong = "{}";

    private readonly SettlingShard _shard;
    private readonly ConcurrentDictionary<uint, TaskCompletionSource<JsonElement>> _pending = new();
    private readonly Channel<JsonElement> _pushes = Channel.CreateUnbounded<JsonElement>();
    private DialectSession? _session;
    private uint _lastId;
    private volatile Disconnect? _ended;

    public ClientLink(Hub hub, SettlingShard shard, DialectWire wire)
    {
        _shard = shard;
        shard.Post(() => _session = new DialectSession(hub, shard, this, wire, ClientFeatures.Default, SessionOptions.Default));
    }

    public string Name => "test";

    public long QueuedBytes => 0;

    public bool IsWritable => true;

    public bool AnswersPings { get; set; } = true;

    /// <summary>The disconnect that ended the connection; null while it is open.</summary>
    public Disconnect? Ended => _ended;

    /// <summary>Sends a command and returns its result. Safe from any thread.</summary>
    public Task<JsonElement> RequestAsync(string command, Action<Utf8JsonWriter> write)
    {
        var id = Interlocked.Increment(ref _lastId);
        var answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        _pending[id] = answer;
        SendCommand(id, command, write);
        return answer.Task;
    }

    /// <summary>Sends a command; the hub does not reply to id 0. Safe from any thread.</summary>
    public void SendCommand(uint id, string command, Action<Utf8JsonWriter> write)
    {
        var frame = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(frame))
        {
            json.WriteStartObject();
            if (id > 0) json.WriteNumber("id", id);
            json.WriteStartObject(command);
            write(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        var bytes = frame.WrittenMemory;
        _shard.Post(() =>
        {
            if (_ended is { } ended) Fail(ended);
            else _session!.OnMessage(bytes.Span);
        });
    }

    /// <summary>Closes the connection without a closing handshake.</summary>
    public void Close() => _shard.Post(() =>
    {
        if (_ended is not null) return;
        End(Disconnects.ConnectionClosed);
        _session!.OnClosed();
    });

    public Task<JsonElement> NextAsync() => _pushes.Reader.ReadAsync().AsTask();

    public IEnumerable<JsonElement> Take()
    {
        while (_pushes.Reader.TryRead(out var push)) yield return push;
    }

    void IClientTransport.Send(SharedFrame frame)
    {
        if (_ended is not null) return;
        using var document = JsonDocument.Parse(((TextFraming.TextFrame)frame).Text);
        var message = document.RootElement;
        if (message.TryGetProperty("id", out var id)) Answer(id.GetUInt32(), message.Clone());
        else if (message.TryGetProperty("push", out var push)) _pushes.Writer.TryWrite(push.Clone());
        else if (AnswersPings) _shard.Post(() => _session!.OnMessage(System.Text.Encoding.UTF8.GetBytes(Pong)));
    }

    void IClientTransport.Close(Disconnect disconnect)
    {
        if (_ended is not null) return;
        _pushes.Writer.TryWrite(MessageReader.Disconnected(disconnect));
        End(disconnect);
        _shard.Post(() => _session!.OnClosed());
    }

    void IClientTransport.Abort() => ((IClientTransport)this).Close(Disconnects.WriteError);

    private void Answer(uint id, JsonElement reply)
    {
        if (!_pending.TryRemove(id, out var pending)) return;
        if (reply.TryGetProperty("error", out var error)) pending.SetException(new ClientException(MessageReader.ReadError(error)));
        else pending.SetResult(reply.EnumerateObject().First(static member => member.Name != "id").Value);
    }

    private void End(Disconnect disconnect)
    {
        _ended = disconnect;
        Fail(disconnect);
    }

    private void Fail(Disconnect disconnect)
    {
        foreach (var id in _pending.Keys)
        {
            if (_pending.TryRemove(id, out var pending)) pending.SetException(new DisconnectException(disconnect));
        }
    }
}
