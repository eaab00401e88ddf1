using Microsoft.AspNetCore.Identity;
using MsaShop.UserService.Accounts;

namespace MsaShop.UserService.Tests;

/// <summary>The hasher, but that a test can hold up whoever has just checked a password, or is about to hash one.</summary>
public sealed class HeldHasher : IPasswordHasher<User>
{
    /// <summary>However slow the machine, what a test waits for has come by then, or never comes.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    private readonly PasswordHasher<User> _hasher = new();
    private Hold? _afterCheck;
    private Hold? _beforeHash;

    /// <summary>Holds up the next request that has checked a password, right or wrong.</summary>
    public Hold HoldAfterCheck() => _afterCheck = new Hold();

    /// <summary>Holds up the next request that is about to hash a password.</summary>
    public Hold HoldBeforeHash() => _beforeHash = new Hold();

    public string HashPassword(User user, string password)
    {
        Interlocked.Exchange(ref _beforeHash, null)?.Wait();
        return _hasher.HashPassword(user, password);
    }

    public PasswordVerificationResult VerifyHashedPassword(User user, string hashedPassword, string providedPassword)
    {
        var result = _hasher.VerifyHashedPassword(user, hashedPassword, providedPassword);
        Interlocked.Exchange(ref _afterCheck, null)?.Wait();
        return result;
    }

    /// <summary>A request that is held up.</summary>
    public sealed class Hold
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new();

        /// <summary>Until the request is there.</summary>
        public Task Reached => _reached.Task.WaitAsync(s_limit);

        /// <summary>Lets it go on.</summary>
        public void Release() => _released.SetResult();

        internal void Wait()
        {
            _reached.SetResult();
            if (!_released.Task.Wait(s_limit))
            {
                throw new TimeoutException("The test has not let the request go on.");
            }
        }
    }
}
