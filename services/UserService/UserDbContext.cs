using MsaShop.UserService.Accounts;
using MsaShop.UserService.Sessions;

namespace MsaShop.UserService;

public sealed class UserDbContext(DbContextOptions<UserDbContext> options) : DbContext(options)
{
    public DbSet<User> Users => Set<User>();
    public DbSet<RefreshToken> RefreshTokens => Set<RefreshToken>();
    public DbSet<RoleChanged> RoleChanges => Set<RoleChanged>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.UseShopConventions();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<User>(user =>
        {
            user.ToTable("users");
            // Compared byte by byte: addresses are stored in lower case, and an accent makes another address.
            user.Property(u => u.Email).HasMaxLength(User.MaxEmailLength).UseCollation("utf8mb4_bin");
            user.Property(u => u.PasswordHash).HasColumnName("password").HasMaxLength(255);
            user.Property(u => u.Name).HasMaxLength(User.MaxNameLength);
            user.Property(u => u.Phone).HasMaxLength(User.MaxPhoneLength);
            user.Property(u => u.Role).HasEnumColumn();
            user.Property(u => u.PasswordVersion).HasDefaultValue(0).ValueGeneratedNever();
            user.HasIndex(u => u.Email).IsUnique();
        });

        modelBuilder.Entity<RefreshToken>(token =>
        {
            token.ToTable("refresh_tokens");
            token.Property(t => t.TokenHash).HasColumnType("binary(32)");
            token.Property(t => t.UsedAt).IsConcurrencyToken();
            token.Property(t => t.PasswordVersion).HasDefaultValue(0).ValueGeneratedNever();
            token.HasOne(t => t.User).WithMany().HasForeignKey(t => t.UserId).OnDelete(DeleteBehavior.Cascade);
            token.HasIndex(t => t.TokenHash).IsUnique();
            token.HasIndex(t => t.FamilyId);
            token.HasIndex(t => t.ExpiresAt);
        });

        modelBuilder.Entity<RoleChanged>(change =>
        {
            // The audit trail stays, whatever happens to the users in it.
            change.ToTable("role_changes");
            change.Property(c => c.OldRole).HasEnumColumn();
            change.Property(c => c.NewRole).HasEnumColumn();
            change.HasIndex(c => c.UserId);
        });

        modelBuilder.UseSnakeCaseNames();
    }
}
