using System.Text.Json;
using Duplex.Messaging.Tests.TestDoubles;

namespace Duplex.Messaging.Tests.Maps;

/// <summary>Follows the steps of a map subscription as the published SDK does, and keeps the map that results.</summary>
internal sealed class MapMirrorClient(TestHub hub)
{
    private readonly Dictionary<string, string> _state = new(StringComparer.Ordinal);
    private readonly List<JsonElement> _changes = [];
    private TestClient _client = hub.Connect();
    private bool _isWaiting;
    private bool _isSubscribed;

    // The steps on the way, and the position to return to.
    private ulong _flowOffset;
    private string _flowEpoch = "";
    private ulong _offset;
    private string _epoch = "";
    private bool _isRecovering;

    public SortedDictionary<string, string> Map { get; } = new(StringComparer.Ordinal);

    /// <summary>How often the hub refused a position.</summary>
    public int Refusals { get; private set; }

    public int Recoveries { get; private set; }

    /// <summary>Starts a subscription where there is none.</summary>
    public void Subscribe()
    {
        if (_isSubscribed || _isWaiting) return;
        _state.Clear();
        _changes.Clear();
        _isRecovering = _epoch.Length > 0;
        (_flowOffset, _flowEpoch) = (_offset, _epoch);
        Ask(_isRecovering ? MapHub.Recover(_offset, _epoch) : MapHub.Step(2));
    }

    public void Unsubscribe()
    {
        if (!_isSubscribed && !_isWaiting) return;
        _client.Send("""{"id":3,"unsubscribe":{"channel":"news:a"}}""");
        _isSubscribed = _isWaiting = false;

        // What is still on its way belongs to a subscription that is over.
        hub.Shard.RunAll();
        Read();
    }

    /// <summary>Loses the connection and makes another.</summary>
    public void Reconnect()
    {
        Read();
        _client.CutWithoutRunning();
        _client = hub.Connect();
        _isSubscribed = _isWaiting = false;
    }

    /// <summary>Reads what has arrived, and asks for the next step where one is due.</summary>
    public void Read()
    {
        foreach (var frame in _client.Transport.Take())
        {
            using var document = JsonDocument.Parse(frame);
            Read(document.RootElement.Clone());
        }
    }

    private void Read(JsonElement message)
    {
        if (message.TryGetProperty("push", out var push))
        {
            if (push.TryGetProperty("pub", out var change)) Live(change);
            if (push.TryGetProperty("unsubscribe", out _)) _isSubscribed = false;
        }
        else if (message.TryGetProperty("error", out var error))
        {
            Assert.Equal(112, error.GetProperty("code").GetInt32());
            Refusals++;
            _isWaiting = false;
            _epoch = "";
        }
        else if (message.TryGetProperty("subscribe", out var reply))
        {
            Step(reply);
        }
    }

    private void Step(JsonElement reply)
    {
        if (!_isWaiting) return;
        _isWaiting = false;
        var phase = reply.TryGetProperty("phase", out var number) ? number.GetInt32() : 0;
        var epoch = reply.TryGetProperty("epoch", out var text) ? text.GetString()! : "";
        var offset = reply.TryGetProperty("offset", out var top) ? top.GetUInt64() : 0;
        if (reply.TryGetProperty("state", out var state))
        {
            foreach (var entry in state.EnumerateArray()) _state[entry.GetProperty("key").GetString()!] = entry.GetProperty("data").GetRawText();
        }

        if (reply.TryGetProperty("publications", out var changes)) _changes.AddRange(changes.EnumerateArray());
        if (phase == 0)
        {
            GoLive(reply, offset, epoch);
            return;
        }

        if (_flowEpoch.Length == 0) (_flowOffset, _flowEpoch) = (offset, epoch);
        if (phase == 1) _flowOffset = offset;
        var position = $",\"offset\":{_flowOffset},\"epoch\":\"{_flowEpoch}\"";
        if (phase == 2 && reply.TryGetProperty("cursor", out var cursor)) Ask(MapHub.Step(2, $",\"cursor\":\"{cursor.GetString()}\"{position}"));
        else Ask(_isRecovering ? MapHub.Recover(_flowOffset, _flowEpoch) : MapHub.Step(1, position));
    }

    private void GoLive(JsonElement reply, ulong offset, string epoch)
    {
        var isRecovered = reply.TryGetProperty("recovered", out _);
        Assert.Equal(_isRecovering, isRecovered);
        if (isRecovered)
        {
            Recoveries++;
            foreach (var change in _changes) Assert.Equal(++_offset, change.GetProperty("offset").GetUInt64());
            Assert.Equal(_offset, offset);
        }
        else
        {
            Map.Clear();
            foreach (var (key, value) in _state) Map[key] = value;
        }

        foreach (var change in _changes) Apply(change);
        _isSubscribed = true;
        _offset = offset;
        _epoch = reply.TryGetProperty("recoverable", out _) ? epoch : "";
    }

    private void Live(JsonElement change)
    {
        // What was on its way when the client unsubscribed.
        if (!_isSubscribed) return;
        if (_epoch.Length > 0) Assert.Equal(++_offset, change.GetProperty("offset").GetUInt64());
        Apply(change);
    }

    private void Apply(JsonElement change)
    {
        var key = change.GetProperty("key").GetString()!;
        if (change.TryGetProperty("removed", out _)) Map.Remove(key);
        else Map[key] = change.GetProperty("data").GetRawText();
    }

    private void Ask(string command)
    {
        _isWaiting = true;
        _client.Send(command);
    }
}
