using System.Text;
using Duplex.Execution;
using Duplex.Messaging.Outbound;

namespace Duplex.Messaging.Tests.TestDoubles;

/// <summary>Frames as text, counting how many were made and how many are still alive.</summary>
internal sealed class CountingFraming : Framing
{
    private int _alive;

    public int Made { get; private set; }

    public int Alive => _alive;

    public override SharedFrame Frame(ReadOnlySpan<byte> message)
    {
        Made++;
        Interlocked.Increment(ref _alive);
        return new TextFrame(this, Encoding.UTF8.GetString(message));
    }

    internal sealed class TextFrame(CountingFraming framing, string text) : SharedFrame
    {
        public string Text => IsFreed ? throw new ObjectDisposedException(nameof(TextFrame)) : text;

        public override int Length => text.Length;

        private bool IsFreed { get; set; }

        protected override void Free()
        {
            if (IsFreed) throw new InvalidOperationException("The frame was freed twice.");
            IsFreed = true;
            Interlocked.Decrement(ref framing._alive);
        }
    }
}
