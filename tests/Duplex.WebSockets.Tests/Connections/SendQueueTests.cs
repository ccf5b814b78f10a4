using Duplex.WebSockets.Messages;
using Duplex.WebSockets.Sending;

namespace Duplex.WebSockets.Tests.Connections;

public sealed class SendQueueTests
{
    [Fact]
    public void Small_messages_of_a_turn_leave_in_one_write()
    {
        var queue = new SendQueue();
        for (var i = 0; i < 1000; i++) Add(queue, (byte)i, 60);
        Assert.Equal([60_000], Writes(queue).Select(write => write.Length));
    }

    [Fact]
    public void Order_is_kept_between_copied_and_shared_bytes()
    {
        var queue = new SendQueue();
        var large = PreparedMessage.Create(new byte[20_000], MessageType.Binary);
        Add(queue, 1, 10);
        queue.Add(large);
        Add(queue, 2, 10);
        var writes = Writes(queue);
        Assert.Equal([10, 20_004, 10], writes.Select(write => write.Length));
        Assert.Equal((1, 2), (writes[0][0], writes[2][0]));
        large.Release();
    }

    [Fact]
    public void Shared_message_lives_until_its_bytes_have_left()
    {
        var queue = new SendQueue();
        var large = PreparedMessage.Create(new byte[20_000], MessageType.Binary);
        queue.Add(large);
        large.Release();
        Assert.Single(Writes(queue));
        Assert.Throws<ObjectDisposedException>(() => large.Frame);
    }

    [Fact]
    public void Cleared_queue_is_empty_and_lets_shared_messages_go()
    {
        var queue = new SendQueue();
        var large = PreparedMessage.Create(new byte[20_000], MessageType.Binary);
        queue.Add(large);
        large.Release();
        Add(queue, 1, 10);
        queue.Clear();
        Assert.Equal(0, queue.Length);
        Assert.Empty(Writes(queue));
        Assert.Throws<ObjectDisposedException>(() => large.Frame);
    }

    [Fact]
    public void Large_message_leaves_in_slices_and_lives_until_the_last()
    {
        var queue = new SendQueue();
        byte[] payload = [.. Enumerable.Range(0, 20_000).Select(i => (byte)(i * 7))];
        var large = PreparedMessage.Create(payload, MessageType.Binary);
        queue.Add(large);
        large.Release();
        Add(queue, 1, 10);
        Assert.True(queue.TryPeek(9_000, out var first));
        queue.Consume(first.Length);
        Assert.Equal(20_004 - 9_000 + 10, queue.Length);
        var rest = Writes(queue, 9_000);
        Assert.Equal([9_000, 2_004, 10], rest.Select(write => write.Length));
        Assert.Equal(payload[^2_004..], rest[1]);
        Assert.Equal(0, queue.Length);
        Assert.Throws<ObjectDisposedException>(() => large.Frame);
    }

    [Fact]
    public void Queue_that_is_cleared_within_a_message_sends_the_next_from_its_start()
    {
        var queue = new SendQueue();
        Add(queue, 1, 100);
        queue.TryPeek(60, out _);
        queue.Consume(60);
        queue.Clear();
        Add(queue, 2, 100);
        Assert.Equal([100], Writes(queue).Select(write => write.Length));
    }

    private static void Add(SendQueue queue, byte value, int count)
    {
        queue.GetSpan(count).Fill(value);
        queue.Advance(count);
    }

    private static List<byte[]> Writes(SendQueue queue, int maxBytes = int.MaxValue)
    {
        var writes = new List<byte[]>();
        while (queue.TryPeek(maxBytes, out var bytes))
        {
            writes.Add(bytes.ToArray());
            queue.Consume(bytes.Length);
        }

        return writes;
    }
}
