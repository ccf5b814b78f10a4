using Duplex.EventLoop.Transport;

namespace Duplex.EventLoop.Uring;

/// <summary>io_uring cannot be had, or failed in a way that nothing can be done about.</summary>
internal sealed class UringException(string operation, int error) : BackEndException(operation, error);
