using Duplex.Execution;
using Duplex.Messaging.Outbound;

namespace Duplex.Testing.Hosting;

/// <summary>Frames that are one JSON message each.</summary>
internal sealed class TextFraming : Framing
{
    public override SharedFrame Frame(ReadOnlySpan<byte> message) => new TextFrame(message.ToArray());

    internal sealed class TextFrame(byte[] text) : SharedFrame
    {
        public byte[] Text => text;

        public override int Length => text.Length;

        protected override void Free()
        {
        }
    }
}
