using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MsaShop.OrderService.Migrations
{
    /// <summary>Messages of the outbox say since when they have been due.</summary>
    public partial class OutboxDueTimes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // In one statement, for replicas of the release before name the index while they claim messages. They do not say since when
            // a message is due, so the column says it by itself.
            migrationBuilder.Sql(
                """
                ALTER TABLE outbox_messages
                    ADD COLUMN due_at datetime(6) NOT NULL DEFAULT (next_attempt_at),
                    DROP INDEX ix_outbox_messages_due,
                    ADD INDEX ix_outbox_messages_due (status, next_attempt_at, due_at)
                """
            );
            migrationBuilder.Sql(
                "UPDATE outbox_messages SET due_at = created_at WHERE status = 'PENDING' AND attempts > 0"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                ALTER TABLE outbox_messages
                    DROP INDEX ix_outbox_messages_due,
                    ADD INDEX ix_outbox_messages_due (status, next_attempt_at),
                    DROP COLUMN due_at
                """
            );
        }
    }
}
