using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using Duplex.Conformance.Tests.Compression;
using Duplex.Conformance.Tests.Wire;

namespace Duplex.Conformance.Tests.Judging;

/// <summary>The rules that bind whoever sends, held against every frame in every case. Also puts messages together.</summary>
public sealed class SenderRules(bool senderIsClient, Inflater? inflater)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ArrayBufferWriter<byte> _payload = new();
    private int _opcode;
    private bool _isCompressed;
    private bool _isClosed;

    /// <summary>Whole messages, in the order in which their last frames came.</summary>
    public ConcurrentQueue<(int Opcode, byte[] Payload)> Messages { get; } = new();

    public void Check(ReceivedFrame frame)
    {
        Demand(!_isClosed, "sent a frame after its close frame (6455-5.5.1-c)");
        Demand(frame.IsMasked == senderIsClient, senderIsClient ? "sent an unmasked frame (6455-5.1-a)" : "masked a frame (6455-5.1-c)");
        Demand((frame.ReservedBits & 3) == 0, "set RSV2 or RSV3 (6455-5.2-a)");
        Demand(frame.ReservedBits == 0 || inflater is not null, "set RSV1 without an extension (6455-5.2-a)");
        if (frame.IsControl) CheckControl(frame);
        else CheckData(frame);

        void Demand(bool holds, string otherwise)
        {
            if (!holds) throw new ViolationException($"The implementation {otherwise}: {frame}.");
        }

        void CheckControl(ReceivedFrame control)
        {
            Demand(control.Opcode is 8 or 9 or 10, "used a reserved opcode (6455-5.2-c)");
            Demand(control.IsFinal, "fragmented a control frame (6455-5.5-b)");
            Demand(control.Payload.Length <= 125, "sent a control frame of more than 125 bytes (6455-5.5-a)");
            Demand(control.ReservedBits == 0, "set RSV1 on a control frame (7692-6.1-b)");
            if (control.Opcode != 8) return;
            _isClosed = true;
            Demand(control.Payload.Length != 1, "sent a close frame of one byte (6455-5.5.1-a)");
            var code = control.CloseCode;
            Demand(control.Payload.Length == 0 || code is >= 1000 and < 5000 and not (1004 or 1005 or 1006 or 1015),
                "sent a close code that never goes over the wire (6455-7.4.1-a)");
            if (control.Payload.Length > 2) StrictUtf8.GetCharCount(control.Payload, 2, control.Payload.Length - 2);
        }

        void CheckData(ReceivedFrame data)
        {
            var starts = data.Opcode is 1 or 2;
            Demand(starts || data.Opcode == 0, "used a reserved opcode (6455-5.2-c)");
            Demand(starts == (_opcode == 0), "interleaved or continued wrongly (6455-5.4-c)");
            Demand(starts || data.ReservedBits == 0, "set RSV1 on a continuation (7692-6.1-b)");
            if (starts)
            {
                _opcode = data.Opcode;
                _isCompressed = data.ReservedBits != 0;
            }

            _payload.Write(data.Payload);
            if (!data.IsFinal) return;

            var bytes = _payload.WrittenSpan.ToArray();
            _payload.ResetWrittenCount();
            if (_isCompressed) bytes = inflater!.Inflate(bytes);
            if (_opcode == 1) StrictUtf8.GetCharCount(bytes);
            Messages.Enqueue((_opcode, bytes));
            _opcode = 0;
        }
    }
}
