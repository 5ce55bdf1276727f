BeforeEach { }
Describe 'refused' { It 'never runs' { } }
